package io.sluice.messaging.fact;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;

import com.google.protobuf.Message;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorKind;
import io.sluice.messaging.MessagingMetrics;
import io.sluice.messaging.Patience;
import io.sluice.messaging.Progress;
import io.sluice.messaging.Spans;
import io.sluice.messaging.Transactions;
import io.sluice.messaging.deadletter.DeadLetter;
import io.sluice.messaging.deadletter.DeadLetters;

/** Takes polled records to their handler and returns when every one of them is applied, deferred or a dead letter. */
public final class FactConsumer {

    private static final Logger LOG = Logger.getLogger(FactConsumer.class);

    /** A decoded record beside its bytes. */
    private record Read<M extends Message>(PolledRecord record, Fact<M> fact) {}

    private final Transactions transactions;
    private final DeadLetters deadLetters;
    private final Patience patience;
    private final Progress progress;
    private final MessagingMetrics metrics;

    public FactConsumer(
            Transactions transactions,
            DeadLetters deadLetters,
            Patience patience,
            Progress progress,
            MessagingMetrics metrics) {
        this.transactions = transactions;
        this.deadLetters = deadLetters;
        this.patience = patience;
        this.progress = progress;
        this.metrics = metrics;
    }

    /** Blocks while a dependency is down (law 7); call it on a virtual or worker thread, then acknowledge. */
    public void consume(ConsumerRecords<byte[], byte[]> records, FactHandler<?> handler) {
        try {
            Spans.processed(handler.group(), records, () -> consumeTyped(records, handler));
        } finally {
            progress.ended(loop(handler));
        }
    }

    private <M extends Message> void consumeTyped(ConsumerRecords<byte[], byte[]> records, FactHandler<M> handler) {
        List<Read<M>> readable = new ArrayList<>(records.count());
        for (ConsumerRecord<byte[], byte[]> polled : records) {
            PolledRecord record = PolledRecord.of(polled);
            try {
                readable.add(new Read<>(record, record.decode(handler)));
            } catch (CodedException unreadable) {
                giveUp(handler, record, FactFailure.of(unreadable));
            }
        }
        if (!readable.isEmpty()) {
            apply(handler, handler.topic().compacted() ? newestByKey(readable) : readable);
        }
    }

    /** By version, not by place: whoever delivers late or twice must not hide what is newer. At equal versions the later. */
    private static <M extends Message> List<Read<M>> newestByKey(List<Read<M>> polled) {
        Map<String, Read<M>> newest = new LinkedHashMap<>();
        polled.forEach(read ->
                newest.merge(read.fact().key(), read, (one, other) -> version(other) >= version(one) ? other : one));
        return List.copyOf(newest.values());
    }

    private static long version(Read<?> read) {
        return read.fact().metadata().aggregateVersion();
    }

    /** One transaction for all; when it fails, one for each half, until the bad record stands alone (law 8). */
    private <M extends Message> void apply(FactHandler<M> handler, List<Read<M>> batch) {
        try {
            inTransaction(handler, tx -> applyIn(tx, handler, batch));
            metrics.facts(handler.group(), "applied", batch.size());
        } catch (RuntimeException failure) {
            if (patience.stopped()) {
                throw failure;
            }
            if (batch.size() > 1) {
                apply(handler, batch.subList(0, batch.size() / 2));
                apply(handler, batch.subList(batch.size() / 2, batch.size()));
            } else {
                moveOn(handler, batch.getFirst().record(), failure);
            }
        }
    }

    private <M extends Message> void applyIn(Handle tx, FactHandler<M> handler, List<Read<M>> batch) {
        Set<ByteBuffer> waiting = DeferredMessages.keysWaiting(
                tx,
                handler.group(),
                handler.topic().name(),
                batch.stream().map(read -> read.record().key()).toList());
        List<Fact<M>> now = new ArrayList<>(batch.size());
        Map<ByteBuffer, DeadLetter.Position> handled = new HashMap<>();
        for (Read<M> read : batch) {
            if (!waiting.contains(ByteBuffer.wrap(read.record().key()))) {
                now.add(read.fact());
                handled.put(ByteBuffer.wrap(read.record().key()), read.record().position());
            } else if (handler.topic().compacted()) {
                DeferredMessages.replace(tx, handler.group(), read.record());
            } else {
                DeferredMessages.queue(tx, handler.group(), read.record());
            }
        }
        if (!now.isEmpty()) {
            handler.handle(tx, now);
            if (handler.topic().compacted()) {
                deadLetters.outlive(tx, handler.topic(), handled);
            }
        }
    }

    private void moveOn(FactHandler<?> handler, PolledRecord record, RuntimeException cause) {
        FactFailure failure = FactFailure.of(cause);
        Spans.failed(record.keyText(), failure.code().code());
        LOG.warnf(
                cause,
                "A fact could not be applied: topic=%s partition=%d offset=%d group=%s error_code=%s",
                record.topic(),
                record.position().partition(),
                record.position().offset(),
                handler.group(),
                failure.code().code());
        if (failure.code().kind() == ErrorKind.TRANSIENT) {
            inTransaction(
                    handler,
                    tx -> DeferredMessages.defer(tx, handler.group(), record, failure.code(), failure.reason()));
            metrics.facts(handler.group(), "deferred", 1);
        } else {
            giveUp(handler, record, failure);
        }
    }

    private void giveUp(FactHandler<?> handler, PolledRecord record, FactFailure failure) {
        inTransaction(handler, tx -> deadLetters.bury(tx, record.deadLetter(failure.code(), failure.reason(), 1)));
        metrics.facts(handler.group(), "dead", 1);
    }

    private void inTransaction(FactHandler<?> handler, Consumer<Handle> body) {
        progress.tick(loop(handler));
        patience.outlast(loop(handler), () -> transactions.run(body));
    }

    private static String loop(FactHandler<?> handler) {
        return "facts-" + handler.group();
    }
}
