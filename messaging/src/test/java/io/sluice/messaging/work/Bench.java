package io.sluice.messaging.work;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jdbi.v3.core.Handle;

import com.google.protobuf.InvalidProtocolBufferException;

import io.sluice.contract.Topic;
import io.sluice.contract.messaging.v1.WorkReleased;
import io.sluice.messaging.FixedTenure;
import io.sluice.messaging.Node;

/**
 * A work class whose handler does as a test says. Its results stand in table result, a row a key with how often it was
 * finished as done.
 */
final class Bench implements WorkHandler<String> {

    static final Topic TOPIC =
            new Topic("sluice.test.work.bench.v1", "test", "key", 3, Topic.Keep.WINDOW, List.of(), List.of());

    final List<Finished<String>> finished = new CopyOnWriteArrayList<>();
    final List<String> performed = new CopyOnWriteArrayList<>();
    volatile Function<ClaimedWork, Outcome<String>> performing = work -> new Outcome.Ok<>("done");
    volatile BiFunction<Handle, Finished<String>, Void> finishing = (tx, one) -> null;
    volatile BiConsumer<Handle, Collection<String>> redriving = (tx, keys) -> {};
    volatile boolean takesLong;
    private final WorkClass workClass;

    Bench(Topic topic, int batchSize, int concurrency, int window) {
        workClass = new WorkClass("bench", topic, batchSize, concurrency, window);
    }

    Bench() {
        this(TOPIC, 4, 2, 100);
    }

    static void createTables(Node node) {
        node.execute("CREATE TABLE result (k VARCHAR(190) PRIMARY KEY, times INT NOT NULL)");
    }

    @Override
    public WorkClass workClass() {
        return workClass;
    }

    @Override
    public boolean isLong() {
        return takesLong;
    }

    @Override
    public List<Outcome<String>> perform(List<ClaimedWork> batch) {
        List<Outcome<String>> outcomes = new ArrayList<>();
        for (ClaimedWork work : batch) {
            performed.add(work.key());
            outcomes.add(performing.apply(work));
        }
        return outcomes;
    }

    @Override
    public void finish(Handle tx, List<Finished<String>> batch) {
        for (Finished<String> one : batch) {
            finishing.apply(tx, one);
            if (one.outcome() instanceof Outcome.Ok) {
                tx.execute(
                        "INSERT INTO result VALUES (?, 1) ON DUPLICATE KEY UPDATE times = times + 1",
                        one.work().key());
            }
            tx.afterCommit(() -> finished.add(one));
        }
    }

    @Override
    public void redrive(Handle tx, Collection<String> keys) {
        redriving.accept(tx, keys);
    }

    void submit(Node node, String... keys) {
        submit(
                node,
                Stream.of(keys)
                        .map(key -> WorkRequest.of("bench", key, Lane.BACKLOG))
                        .toList());
    }

    void submit(Node node, Collection<WorkRequest> requests) {
        node.transactions.run(tx -> node.board.submit(tx, requests));
    }

    /** One round of the dispatcher. */
    void dispatch(Node node) {
        dispatch(node, Dispatcher.UNCLAIMED);
    }

    /** One round of it that takes back what was released this long ago. */
    void dispatch(Node node, Duration unclaimed) {
        dispatcher(node, unclaimed).run(new FixedTenure(1));
    }

    private Dispatcher dispatcher(Node node, Duration unclaimed) {
        WorkRows rows = new WorkRows(node.instance, Duration.ofSeconds(30));
        WorkEnds ends = new WorkEnds(node.transactions, rows, node.deadLetters, node.metrics);
        return new Dispatcher(this, node.transactions, rows, ends, node.outbox, node.metrics, unclaimed);
    }

    /** Releases what it may and takes the messages off the outbox, as if they had come by the broker. */
    ConsumerRecords<byte[], byte[]> released(Node node) {
        dispatch(node);
        return takeMessages(node);
    }

    ConsumerRecords<byte[], byte[]> takeMessages(Node node) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        node.transactions.run(tx -> {
            records.clear();
            tx.select(
                            "SELECT record_key, value FROM outbox WHERE topic = ? ORDER BY id",
                            workClass.topic().name())
                    .map((row, context) -> records.add(record(records.size(), row.getBytes(1), row.getBytes(2))))
                    .list();
            tx.execute("DELETE FROM outbox WHERE topic = ?", workClass.topic().name());
        });
        return poll(records);
    }

    ConsumerRecord<byte[], byte[]> record(long offset, byte[] key, byte[] value) {
        return new ConsumerRecord<>(
                workClass.topic().name(),
                0,
                offset,
                1_000,
                TimestampType.CREATE_TIME,
                key.length,
                value.length,
                key,
                value,
                new RecordHeaders(),
                Optional.empty());
    }

    ConsumerRecords<byte[], byte[]> poll(List<ConsumerRecord<byte[], byte[]>> records) {
        return new ConsumerRecords<>(
                records.isEmpty()
                        ? Map.of()
                        : Map.of(new TopicPartition(workClass.topic().name(), 0), records),
                Map.of());
    }

    static List<WorkReleased> read(ConsumerRecords<byte[], byte[]> records) {
        List<WorkReleased> told = new ArrayList<>();
        records.forEach(record -> {
            try {
                told.add(WorkReleased.parseFrom(record.value()));
            } catch (InvalidProtocolBufferException unreadable) {
                throw new IllegalStateException(unreadable);
            }
        });
        return told;
    }

    static List<String> keys(ConsumerRecords<byte[], byte[]> records) {
        List<String> keys = new ArrayList<>();
        records.forEach(record -> keys.add(new String(record.key(), UTF_8)));
        return keys;
    }
}
