package io.sluice.messaging.fact;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import com.google.protobuf.Parser;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.contract.Topic;
import io.sluice.contract.Topics;
import io.sluice.contract.messaging.v1.WorkReleased;
import io.sluice.messaging.EventHeaders;
import io.sluice.messaging.EventMetadata;
import io.sluice.messaging.FixedTenure;
import io.sluice.messaging.Node;
import io.sluice.messaging.Servers;
import io.sluice.messaging.deadletter.Asked;
import io.sluice.messaging.deadletter.CloseDeadLetters;
import io.sluice.messaging.deadletter.CloseDeadLetters.Closed;
import io.sluice.messaging.deadletter.CloseDeadLetters.End;
import io.sluice.messaging.deadletter.DeadLetter;
import io.sluice.messaging.deadletter.LetterFilter;

/** Laws 1 and 5 of messages that were given up on: handled again as deferred ones, and never when they have no say any more. */
class RedriveMessagesIT {

    private static final Topic COMPACTED = Topics.INGEST_ASSET;
    private static final Topic PLAIN = Topics.INGEST_LEDGER;

    private final Node node = Node.passing(Servers.freshSchema());
    private final FactConsumer consumer =
            new FactConsumer(node.transactions, node.deadLetters, node.patience, node.progress, node.metrics);
    private final List<String> handled = new CopyOnWriteArrayList<>();
    private final Set<String> failing = ConcurrentHashMap.newKeySet();
    private final FactHandler<WorkReleased> compacted = handler(COMPACTED);
    private final FactHandler<WorkReleased> plain = handler(PLAIN);
    private final CloseDeadLetters closing = node.closing(List.of(), List.of(compacted, plain));
    private final DeferredDuty duty =
            new DeferredDuty(node.transactions, node.deadLetters, List.of(compacted, plain), node.metrics);
    private ErrorCode failure = ErrorCode.INTERNAL;

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void redrivenMessageIsHandledOnceAlsoWhenItIsDeliveredAgain() {
        for (FactHandler<WorkReleased> handler : List.of(compacted, plain)) {
            ConsumerRecord<byte[], byte[]> record = record(handler.topic(), "k", 1);
            giveUp(handler, record);
            assertThat(redrive()).isEqualTo(new Closed(1, false, Map.of()));
            assertThat(redrive()).as("again").isEqualTo(new Closed(0, false, Map.of()));
            consume(handler, record);
            assertThat(handled).isEmpty();
            duty.run(new FixedTenure(1));
            duty.run(new FixedTenure(1));
            assertThat(handled).containsExactly("k1");
            assertThat(waiting()).isZero();
            handled.clear();
        }
    }

    @Test
    void itIsPutBackByteForByteWithItsAttemptsAllAhead() {
        ConsumerRecord<byte[], byte[]> record = record(PLAIN, "k", 1);
        giveUp(plain, record);
        DeadLetter letter =
                node.letters.page(LetterFilter.OPEN, 1, "").getFirst().letter();
        redrive();
        node.transactions.run(tx -> {
            long id = node.number("SELECT id FROM deferred_message");
            DeferredMessages.Row row = DeferredMessages.lock(tx, id).orElseThrow();
            assertThat(row.attempts()).isZero();
            assertThat(row.record().key()).isEqualTo(letter.key());
            assertThat(row.record().value()).isEqualTo(letter.value());
            assertThat(row.record().headers()).isEqualTo(EventHeaders.pack(letter.headers()));
            assertThat(row.record().position()).isEqualTo(letter.record());
        });
    }

    @Test
    void whatFailsAgainIsALetterOfItsOwn() {
        giveUp(plain, record(PLAIN, "k", 1));
        redrive();
        failing.add("k1");
        duty.run(new FixedTenure(1));
        assertThat(Asked.states(node)).containsExactly("redriven", "open");
        failing.clear();
        redrive();
        duty.run(new FixedTenure(1));
        assertThat(handled).containsExactly("k1");
        assertThat(Asked.states(node)).containsExactly("redriven", "redriven");
    }

    @Test
    void messageWhoseKeyMovedOnIsRefusedAndCanBeAcknowledged() {
        giveUp(compacted, record(COMPACTED, "k", 1));
        giveUp(compacted, record(COMPACTED, "other", 1));
        consume(compacted, record(COMPACTED, "k", 2));
        Closed answer = redrive();
        assertThat(answer.closed()).as("the other").isEqualTo(1);
        assertThat(answer.refused().values()).singleElement().satisfies(why -> {
            assertThat(why.code()).isEqualTo(ErrorCode.CONFLICT);
            assertThat(why.reason()).contains("newer record of this key was handled");
        });
        assertThat(node.number("SELECT COUNT(*) FROM deferred_message WHERE record_key = 'k'"))
                .isZero();
        closing.close(End.ACKNOWLEDGED, Asked.ids(Asked.open(node)), "alice");
        assertThat(Asked.open(node)).isEmpty();
    }

    @Test
    void keyMovesOnAlsoByADeferredMessage() {
        giveUp(compacted, record(COMPACTED, "k", 1));
        failure = ErrorCode.FILE_UNREADABLE;
        giveUp(compacted, record(COMPACTED, "k", 2));
        assertThat(waiting()).isEqualTo(1);
        assertThat(redrive().refused().values()).singleElement().satisfies(why -> assertThat(why.reason())
                .contains("waits for its next attempt"));
        node.execute("UPDATE deferred_message SET due_at = NOW(6)");
        duty.run(new FixedTenure(1));
        assertThat(redrive().refused().values()).singleElement().satisfies(why -> assertThat(why.reason())
                .contains("was handled since"));
        assertThat(handled).containsExactly("k2");
    }

    @Test
    void olderVersionThatIsDeliveredAgainDoesNotOutliveALetter() {
        ConsumerRecord<byte[], byte[]> first = record(COMPACTED, "k", 1);
        consume(compacted, first);
        giveUp(compacted, record(COMPACTED, "k", 2));
        consume(compacted, first);
        assertThat(redrive().closed()).isEqualTo(1);
        duty.run(new FixedTenure(1));
        assertThat(handled).containsExactly("k1", "k1", "k2");
    }

    @Test
    void newerOneTakesThePlaceOfAnOlderThatWaits() {
        failure = ErrorCode.FILE_UNREADABLE;
        giveUp(compacted, record(COMPACTED, "k", 1));
        failure = ErrorCode.INTERNAL;
        node.transactions.run(tx -> node.deadLetters.bury(
                tx, PolledRecord.of(record(COMPACTED, "k", 2)).deadLetter(ErrorCode.INTERNAL, "as it was", 1)));
        redrive();
        duty.run(new FixedTenure(1));
        assertThat(handled).containsExactly("k2");
        assertThat(waiting()).isZero();
    }

    @Test
    void messagesOfOneKeyOfAPlainTopicAreHandledInOrder() {
        for (long version = 1; version <= 3; version++) {
            giveUp(plain, record(PLAIN, "k", version));
        }
        redrive();
        consume(plain, record(PLAIN, "k", 4));
        assertThat(node.number("SELECT COUNT(due_at) FROM deferred_message"))
                .as("the others queue behind it")
                .isEqualTo(1);
        for (int round = 0; round < 4; round++) {
            duty.run(new FixedTenure(1));
        }
        assertThat(handled).containsExactly("k1", "k2", "k3", "k4");
    }

    @Test
    void messageThatNobodyHandlesIsRefused() {
        giveUp(plain, record(PLAIN, "k", 1));
        Closed answer =
                node.closing(List.of(), List.of(compacted)).close(End.REDRIVEN, Asked.ids(Asked.open(node)), "a");
        assertThat(answer.refused().values()).singleElement().satisfies(why -> assertThat(why.reason())
                .contains("handles no facts of " + PLAIN.name()));
        assertThat(Asked.open(node)).hasSize(1);
    }

    // ---

    private Closed redrive() {
        return closing.close(End.REDRIVEN, Asked.ids(all()), "alice");
    }

    private String[] all() {
        return node.letters.page(new LetterFilter("all", "", ""), 100, "").reversed().stream()
                .map(kept -> kept.id().toString())
                .toArray(String[]::new);
    }

    private void giveUp(FactHandler<WorkReleased> handler, ConsumerRecord<byte[], byte[]> record) {
        failing.add(new String(record.key(), UTF_8) + record.offset());
        consume(handler, record);
        failing.clear();
    }

    private void consume(FactHandler<WorkReleased> handler, ConsumerRecord<byte[], byte[]> record) {
        TopicPartition partition = new TopicPartition(record.topic(), 0);
        consumer.consume(new ConsumerRecords<>(Map.of(partition, List.of(record)), Map.of()), handler);
    }

    private long waiting() {
        return node.number("SELECT COUNT(*) FROM deferred_message");
    }

    /** Its offset is its version. */
    private static ConsumerRecord<byte[], byte[]> record(Topic topic, String key, long version) {
        byte[] value = WorkReleased.newBuilder().setWorkId(version).build().toByteArray();
        return new ConsumerRecord<>(
                topic.name(),
                0,
                version,
                1_000 + key.hashCode(),
                TimestampType.CREATE_TIME,
                key.length(),
                value.length,
                key.getBytes(UTF_8),
                value,
                EventHeaders.of(new EventMetadata(
                        UUID.randomUUID(),
                        "/sluice/test",
                        "t",
                        key,
                        Instant.EPOCH,
                        version,
                        "00-" + "a".repeat(32) + "-" + "b".repeat(16) + "-01")),
                Optional.empty());
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
                for (Fact<WorkReleased> fact : facts) {
                    String name = fact.key() + fact.value().getWorkId();
                    if (failing.contains(name)) {
                        throw new CodedException(failure, "as the test wants");
                    }
                    tx.afterCommit(() -> handled.add(name));
                }
            }
        };
    }
}
