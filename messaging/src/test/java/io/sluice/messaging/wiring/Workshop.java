package io.sluice.messaging.wiring;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import jakarta.inject.Singleton;

import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jdbi.v3.core.Handle;

import com.google.protobuf.Parser;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.contract.Topic;
import io.sluice.contract.Topics;
import io.sluice.contract.messaging.v1.WorkReleased;
import io.sluice.messaging.fact.Fact;
import io.sluice.messaging.fact.FactConsumer;
import io.sluice.messaging.fact.FactHandler;
import io.sluice.messaging.operations.StateLineSource;
import io.sluice.messaging.work.ClaimedWork;
import io.sluice.messaging.work.Finished;
import io.sluice.messaging.work.Outcome;
import io.sluice.messaging.work.WorkClass;
import io.sluice.messaging.work.WorkHandler;
import io.sluice.messaging.work.WorkRunner;
import io.smallrye.reactive.messaging.annotations.Blocking;

/** What a service puts into the container: a fact, a class of work, its lines of the state root. */
public final class Workshop {

    private Workshop() {}

    @Singleton
    public static class Facts implements FactHandler<WorkReleased> {
        public final List<String> applied = new CopyOnWriteArrayList<>();
        public volatile boolean failsOnce;

        private final FactConsumer consumer;

        Facts(FactConsumer consumer) {
            this.consumer = consumer;
        }

        @Incoming("facts")
        @Blocking
        public void polled(ConsumerRecords<byte[], byte[]> records) {
            consumer.consume(records, this);
        }

        @Override
        public Topic topic() {
            return Topics.SCANNER_FILE;
        }

        @Override
        public String group() {
            return "ingest.file";
        }

        @Override
        public Parser<WorkReleased> parser() {
            return WorkReleased.parser();
        }

        @Override
        public void handle(Handle tx, List<Fact<WorkReleased>> facts) {
            if (failsOnce) {
                failsOnce = false;
                throw new CodedException(ErrorCode.FILE_UNREADABLE, "once");
            }
            tx.afterCommit(() -> facts.forEach(fact -> applied.add(fact.key())));
        }
    }

    @Singleton
    public static class Hashing implements WorkHandler<String> {
        public final List<String> done = new CopyOnWriteArrayList<>();
        public final List<String> redriven = new CopyOnWriteArrayList<>();

        private final WorkRunner runner;

        Hashing(WorkRunner runner) {
            this.runner = runner;
        }

        @Incoming("work")
        @Blocking
        public void polled(ConsumerRecords<byte[], byte[]> records) {
            runner.run(records, this);
        }

        @Override
        public WorkClass workClass() {
            return new WorkClass("hash", Topics.INGEST_WORK_HASH, 10, 2, 100);
        }

        @Override
        public List<Outcome<String>> perform(List<ClaimedWork> batch) {
            return batch.stream()
                    .<Outcome<String>>map(work -> work.key().startsWith("bad") && !redriven.contains(work.key())
                            ? new Outcome.Failed<>(ErrorCode.INTERNAL, "as the test wants")
                            : new Outcome.Ok<>("done"))
                    .toList();
        }

        @Override
        public void finish(Handle tx, List<Finished<String>> finished) {
            tx.afterCommit(() -> finished.forEach(one -> done.add(one.work().key())));
        }

        @Override
        public void redrive(Handle tx, Collection<String> keys) {
            tx.afterCommit(() -> redriven.addAll(keys));
        }
    }

    @Singleton
    public static class Lines implements StateLineSource {
        /** What is done before each answer, on its thread. */
        public volatile Runnable before = () -> {};

        @Override
        public void forEachLine(Consumer<String> line) {
            before.run();
            for (int i = 0; i < 1200; i++) {
                line.accept(String.format("line %05d", i));
            }
        }
    }
}
