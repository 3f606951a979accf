package io.sluice.messaging.fact;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.record.TimestampType;
import org.awaitility.Awaitility;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.google.protobuf.Parser;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.contract.Topic;
import io.sluice.contract.Topics;
import io.sluice.contract.messaging.v1.WorkReleased;
import io.sluice.localstack.EmbeddedMariaDb;
import io.sluice.messaging.EventHeaders;
import io.sluice.messaging.EventMetadata;
import io.sluice.messaging.Instance;
import io.sluice.messaging.MessagingMetrics;
import io.sluice.messaging.Patience;
import io.sluice.messaging.Progress;
import io.sluice.messaging.Transactions;
import io.sluice.messaging.deadletter.DeadLetter;
import io.sluice.messaging.deadletter.DeadLetters;
import io.sluice.messaging.deadletter.LetterFilter;
import io.sluice.messaging.deadletter.LetterLists;
import io.sluice.messaging.lease.Duty;
import io.sluice.messaging.outbox.Outbox;

/** Laws 5, 7 and 8 of facts: one bad thing stops only itself, an outage is no failure, nothing is given up in silence. */
class FactConsumerIT {

    private static final Topic COMPACTED = Topics.INGEST_ASSET;
    private static final Topic PLAIN = Topics.INGEST_WORK_HASH;

    @TempDir
    static Path folder;

    static EmbeddedMariaDb database;
    static Jdbi jdbi;

    private final MessagingMetrics metrics = new MessagingMetrics(new SimpleMeterRegistry());
    private final Instance instance = new Instance("ingest", "test", false, UUID.randomUUID());
    private final Transactions transactions = new Transactions(jdbi);
    private final DeadLetters deadLetters = new DeadLetters(new Outbox(instance, duty -> {}), instance, metrics);
    private final Patience patience = new Patience(new Progress(), metrics);
    private final FactConsumer consumer =
            new FactConsumer(transactions, deadLetters, patience, new Progress(), metrics);
    private final Map<String, ErrorCode> failing = new ConcurrentHashMap<>();
    private final AtomicInteger calls = new AtomicInteger();
    private long nextOffset;

    @BeforeAll
    static void startDatabase() {
        database = EmbeddedMariaDb.start(folder.resolve("db"), 0);
        Flyway.configure()
                .dataSource(database.jdbcUrl("facts"), database.username(), database.password())
                .locations("classpath:db/messaging")
                .load()
                .migrate();
        jdbi = Jdbi.create(database.jdbcUrl("facts"), database.username(), database.password());
        jdbi.useHandle(
                handle -> handle.execute("CREATE TABLE applied (k VARCHAR(40) PRIMARY KEY, n BIGINT, times INT)"));
    }

    @AfterAll
    static void stopDatabase() {
        database.close();
    }

    @BeforeEach
    void empty() {
        jdbi.useHandle(handle -> List.of("applied", "deferred_message", "dead_letter", "outbox")
                .forEach(table -> handle.execute("DELETE FROM " + table)));
    }

    @Test
    void badFactStandsAloneAndTheRestOfItsBatchIsApplied() {
        failing.put("k13", ErrorCode.INTERNAL);
        FactHandler<WorkReleased> handler = handler(COMPACTED);
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            records.add(record(COMPACTED, "k" + i, i));
        }
        consumer.consume(poll(records), handler);

        assertThat(applied()).hasSize(39).doesNotContainKey("k13");
        assertThat(letters()).singleElement().satisfies(letter -> {
            assertThat(letter.code()).isEqualTo(ErrorCode.INTERNAL);
            assertThat(letter.record().offset()).isEqualTo(13);
            assertThat(letter.value()).isEqualTo(records.get(13).value());
        });
        assertThat(calls).as("halving, not one by one").hasValueLessThan(16);
    }

    @Test
    void unreadableMessageIsADeadLetterByteForByteWithItsHeaders() {
        byte[] poison = {8, 1, (byte) 0xff, (byte) 0xff, 3};
        ConsumerRecord<byte[], byte[]> bad = new ConsumerRecord<>(
                PLAIN.name(),
                3,
                77,
                1_000,
                TimestampType.CREATE_TIME,
                1,
                5,
                "odd".getBytes(UTF_8),
                poison,
                EventHeaders.of(metadata("odd", 1)),
                Optional.empty());
        consumer.consume(poll(List.of(bad, record(PLAIN, "good", 5))), handler(PLAIN));
        consumer.consume(poll(List.of(bad)), handler(PLAIN));

        assertThat(applied()).containsOnlyKeys("good");
        assertThat(letters()).singleElement().satisfies(letter -> {
            assertThat(letter.code()).isEqualTo(ErrorCode.UNREADABLE_MESSAGE);
            assertThat(letter.value()).isEqualTo(poison);
            assertThat(letter.record().partition()).isEqualTo(3);
            assertThat(letter.record().offset()).isEqualTo(77);
            assertThat(letter.headers()).extracting(Header::key).contains("ce_id", "ce_subject", "traceparent");
        });
        assertThat(count("outbox")).as("one copy for outside tools").isEqualTo(1);
    }

    @Test
    void transientFailureIsTriedFourTimesThenADeadLetterAndLaterOnesOfItsKeyQueueInOrder() {
        failing.put("k", ErrorCode.FILE_UNREADABLE);
        FactHandler<WorkReleased> handler = handler(PLAIN);
        DeferredDuty duty = new DeferredDuty(transactions, deadLetters, List.of(handler), metrics);
        consumer.consume(poll(List.of(record(PLAIN, "k", 1), record(PLAIN, "other", 1))), handler);
        consumer.consume(poll(List.of(record(PLAIN, "k", 2), record(PLAIN, "k", 3))), handler);
        assertThat(applied()).containsOnlyKeys("other");
        assertThat(count("deferred_message")).isEqualTo(3);

        assertThat(pauseOfTheHead()).isBetween(0.0, 1.0);
        attemptNow(duty);
        assertThat(pauseOfTheHead()).isBetween(3.0, 4.0);
        attemptNow(duty);
        assertThat(pauseOfTheHead()).isBetween(8.0, 9.0);
        assertThat(letters()).isEmpty();
        attemptNow(duty);
        assertThat(letters())
                .extracting(DeadLetter::attempts, DeadLetter::code)
                .containsExactly(tuple(4, ErrorCode.FILE_UNREADABLE));

        failing.clear();
        duty.run(new Held());
        duty.run(new Held());
        assertThat(applied()).containsEntry("k", 3L);
        assertThat(count("deferred_message")).isZero();
        assertThat(jdbi.<Integer, RuntimeException>withHandle(
                        handle -> handle.createQuery("SELECT times FROM applied WHERE k = 'k'")
                                .mapTo(Integer.class)
                                .one()))
                .as("2 and 3, each once")
                .isEqualTo(2);
    }

    @Test
    void newerVersionReplacesADeferredOneOnACompactedTopic() {
        failing.put("k", ErrorCode.FILE_UNREADABLE);
        FactHandler<WorkReleased> handler = handler(COMPACTED);
        consumer.consume(poll(List.of(record(COMPACTED, "k", 1))), handler);
        consumer.consume(poll(List.of(record(COMPACTED, "k", 2), record(COMPACTED, "k", 3))), handler);
        assertThat(count("deferred_message")).isEqualTo(1);
        failing.clear();
        attemptNow(new DeferredDuty(transactions, deadLetters, List.of(handler), metrics));
        assertThat(applied()).containsEntry("k", 3L);
        assertThat(count("deferred_message")).isZero();
    }

    @Test
    void olderVersionDeliveredAgainDoesNotReplaceADeferredOne() {
        failing.put("k", ErrorCode.FILE_UNREADABLE);
        FactHandler<WorkReleased> handler = handler(COMPACTED);
        List<ConsumerRecord<byte[], byte[]>> records =
                List.of(record(COMPACTED, "k", 1), record(COMPACTED, "k", 2), record(COMPACTED, "k", 3));
        consumer.consume(poll(records.subList(0, 1)), handler);
        consumer.consume(poll(records), handler);
        consumer.consume(poll(records.subList(0, 2)), handler);
        failing.clear();
        attemptNow(new DeferredDuty(transactions, deadLetters, List.of(handler), metrics));
        assertThat(applied()).containsEntry("k", 3L);
    }

    @Test
    void deliveredAgainAfterACrashBeforeTheAcknowledgementChangesNothing() {
        failing.put("bad", ErrorCode.FORMAT_REFUSED);
        failing.put("later", ErrorCode.FILE_UNREADABLE);
        FactHandler<WorkReleased> handler = handler(PLAIN);
        List<ConsumerRecord<byte[], byte[]>> records =
                List.of(record(PLAIN, "good", 1), record(PLAIN, "bad", 1), record(PLAIN, "later", 1));
        consumer.consume(poll(records), handler);
        consumer.consume(poll(records), handler);
        assertThat(letters()).hasSize(1);
        assertThat(count("deferred_message")).isEqualTo(1);
    }

    @Test
    void outageIsWaitedOutAndNothingIsCounted() {
        failing.put("k", ErrorCode.STORE_FULL);
        CompletableFuture<Void> consuming = CompletableFuture.runAsync(
                () -> consumer.consume(poll(List.of(record(COMPACTED, "k", 1))), handler(COMPACTED)));
        Awaitility.await().until(() -> calls.get() >= 3);
        assertThat(consuming).isNotDone();
        failing.clear();
        assertThat(consuming).succeedsWithin(Duration.ofSeconds(15));
        assertThat(applied()).containsEntry("k", 1L);
        assertThat(count("deferred_message") + count("dead_letter")).isZero();
    }

    @Test
    void databaseRestartIsWaitedOut() {
        database.kill();
        CompletableFuture<Void> consuming = CompletableFuture.runAsync(
                () -> consumer.consume(poll(List.of(record(COMPACTED, "k", 1))), handler(COMPACTED)));
        database.restart();
        assertThat(consuming).succeedsWithin(Duration.ofSeconds(30));
        assertThat(applied()).containsEntry("k", 1L);
        assertThat(count("deferred_message") + count("dead_letter")).isZero();
    }

    private void attemptNow(DeferredDuty duty) {
        jdbi.useHandle(
                handle -> handle.execute("UPDATE deferred_message SET due_at = NOW(6) WHERE due_at IS NOT NULL"));
        duty.run(new Held());
    }

    private double pauseOfTheHead() {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT TIMESTAMPDIFF(MICROSECOND, NOW(6), MIN(due_at)) / 1e6 FROM deferred_message")
                .mapTo(Double.class)
                .one());
    }

    private FactHandler<WorkReleased> handler(Topic topic) {
        return new FactHandler<>() {
            @Override
            public Topic topic() {
                return topic;
            }

            @Override
            public String group() {
                return "test." + topic.owner();
            }

            @Override
            public Parser<WorkReleased> parser() {
                return WorkReleased.parser();
            }

            @Override
            public void handle(Handle tx, List<Fact<WorkReleased>> facts) {
                calls.incrementAndGet();
                for (Fact<WorkReleased> fact : facts) {
                    ErrorCode code = failing.get(fact.key());
                    tx.execute(
                            "INSERT INTO applied VALUES (?, ?, 1) ON DUPLICATE KEY UPDATE n = VALUES(n), times = times + 1",
                            fact.key(),
                            fact.value().getWorkId());
                    if (code != null) {
                        throw new CodedException(code, "as the test wants");
                    }
                }
            }
        };
    }

    private ConsumerRecord<byte[], byte[]> record(Topic topic, String key, long number) {
        byte[] value = WorkReleased.newBuilder().setWorkId(number).build().toByteArray();
        return new ConsumerRecord<>(
                topic.name(),
                0,
                nextOffset++,
                1_000,
                TimestampType.CREATE_TIME,
                key.length(),
                value.length,
                key.getBytes(UTF_8),
                value,
                EventHeaders.of(metadata(key, number)),
                Optional.empty());
    }

    private static EventMetadata metadata(String key, long version) {
        return new EventMetadata(
                UUID.randomUUID(),
                "/sluice/test",
                "t",
                key,
                Instant.EPOCH,
                version,
                "00-" + "a".repeat(32) + "-" + "b".repeat(16) + "-01");
    }

    private static ConsumerRecords<byte[], byte[]> poll(List<ConsumerRecord<byte[], byte[]>> records) {
        TopicPartition partition = new TopicPartition(records.getFirst().topic(), 0);
        return new ConsumerRecords<>(Map.of(partition, records), Map.of());
    }

    private Map<String, Long> applied() {
        Map<String, Long> rows = new ConcurrentHashMap<>();
        jdbi.useHandle(handle -> handle.createQuery("SELECT k, n FROM applied")
                .map((row, context) -> rows.put(row.getString(1), row.getLong(2)) == null)
                .list());
        return rows;
    }

    private List<DeadLetter> letters() {
        return new LetterLists(transactions)
                .page(LetterFilter.OPEN, 100, "").stream()
                        .map(LetterLists.Kept::letter)
                        .toList();
    }

    private static long count(String table) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT COUNT(*) FROM " + table)
                .mapTo(Long.class)
                .one());
    }

    /** A tenure that holds. */
    private static final class Held implements Duty.Tenure {
        @Override
        public long token() {
            return 1;
        }

        @Override
        public boolean over() {
            return false;
        }

        @Override
        public void verify(Handle tx) {}
    }
}
