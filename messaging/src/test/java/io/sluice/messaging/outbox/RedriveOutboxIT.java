package io.sluice.messaging.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import com.google.protobuf.ByteString;

import io.sluice.contract.ErrorCode;
import io.sluice.contract.Topic;
import io.sluice.contract.messaging.v1.WorkReleased;
import io.sluice.messaging.EventHeaders;
import io.sluice.messaging.FixedTenure;
import io.sluice.messaging.Node;
import io.sluice.messaging.Servers;
import io.sluice.messaging.TopicReader;
import io.sluice.messaging.deadletter.Asked;
import io.sluice.messaging.deadletter.CloseDeadLetters;
import io.sluice.messaging.deadletter.CloseDeadLetters.Closed;
import io.sluice.messaging.deadletter.CloseDeadLetters.End;

/** Laws 1 and 5 of records that the broker refused: once mended they leave, with all behind them, in order. */
class RedriveOutboxIT {

    private final Node node = Node.passing(Servers.freshSchema());
    private final Topic topic = Servers.freshTopic(Topic.Keep.COMPACTED);
    private final TopicReader reader = new TopicReader(topic);
    private final CloseDeadLetters closing = node.closing(List.of(), List.of());
    private long runs;

    @AfterEach
    void close() {
        reader.close();
        node.close();
    }

    @Test
    void keyIsUnblockedInOrderOnceItsRecordIsMended() {
        append("k", 1);
        appendTooLarge("k", 2);
        append("k", 3);
        append("other", 3);
        runRelays();
        append("k", 4);
        runRelays();
        assertThat(node.number("SELECT COUNT(*) FROM outbox WHERE blocked")).isEqualTo(3);
        mend();
        assertThat(redrive()).isEqualTo(new Closed(1, false, Map.of()));
        runRelays();
        assertThat(told("k", 4)).containsExactly(1L, 2L, 3L, 4L);
        assertThat(node.number("SELECT COUNT(*) FROM outbox")).isZero();
        assertThat(Asked.states(node)).containsExactly("redriven");
    }

    @Test
    void recordThatIsRefusedAgainBlocksItsKeyAgainWithALetterOfItsOwn() {
        appendTooLarge("k", 1);
        append("k", 2);
        runRelays();
        assertThat(redrive().closed()).isEqualTo(1);
        runRelays();
        assertThat(Asked.states(node)).containsExactly("redriven", "open");
        assertThat(node.number("SELECT COUNT(*) FROM outbox WHERE blocked")).isEqualTo(2);
    }

    @Test
    void keyThatIsNotBlockedAnyMoreIsRefusedWithAReason() {
        appendTooLarge("k", 1);
        runRelays();
        node.execute("DELETE FROM outbox");
        Closed answer = redrive();
        assertThat(answer.closed()).isZero();
        assertThat(answer.refused().values()).singleElement().satisfies(why -> {
            assertThat(why.code()).isEqualTo(ErrorCode.CONFLICT);
            assertThat(why.reason()).contains("nothing to send");
        });
    }

    @Test
    void acknowledgedLetterLeavesItsKeyBlocked() {
        appendTooLarge("k", 1);
        runRelays();
        assertThat(closing.close(End.ACKNOWLEDGED, Asked.origin(topic.name()), "alice")
                        .closed())
                .isEqualTo(1);
        runRelays();
        assertThat(node.number("SELECT COUNT(*) FROM outbox WHERE blocked")).isEqualTo(1);
    }

    /** A relay that looked at what is blocked before, and at what waits after, would send 3 before 2 or bury it for ever. */
    @Test
    void unblockingBesideARelayThatRunsLosesNothingAndKeepsTheOrder() {
        node.startRelays();
        appendTooLarge("k", 1);
        int records = 150;
        CompletableFuture<Void> appending = CompletableFuture.runAsync(
                () -> LongStream.rangeClosed(2, records).forEach(version -> append("k", version)));
        while (!appending.isDone()) {
            redrive();
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> Asked.open(node).length == 1);
        mend();
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            redrive();
            return node.number("SELECT COUNT(*) FROM outbox") == 0;
        });
        assertThat(told("k", records))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, records).boxed().toList());
        assertThat(node.number("SELECT COUNT(*) FROM outbox")).isZero();
    }

    // ---

    private Closed redrive() {
        return closing.close(End.REDRIVEN, Asked.origin(topic.name()), "alice");
    }

    /** What is too large for the broker becomes small, as if its limit had been raised. */
    private void mend() {
        node.execute("UPDATE outbox SET value = '' WHERE OCTET_LENGTH(value) > 1000000");
    }

    private void runRelays() {
        runs++;
        for (int shard = 0; shard < Outbox.SHARDS; shard++) {
            OutboxRelay relay = node.relay(shard);
            relay.run(new FixedTenure(runs));
            relay.close();
        }
    }

    private void append(String key, long version) {
        node.transactions.run(tx ->
                node.outbox.append(tx, new OutgoingRecord(topic, key, WorkReleased.getDefaultInstance(), version)));
    }

    private void appendTooLarge(String key, long version) {
        WorkReleased large = WorkReleased.newBuilder()
                .setWorkKey(ByteString.copyFrom(new byte[2 << 20]))
                .build();
        node.transactions.run(tx -> node.outbox.append(tx, new OutgoingRecord(topic, key, large, version)));
    }

    private List<Long> told(String key, int count) {
        return reader
                .until(seen -> seen.stream()
                                .filter(record -> new String(record.key(), UTF_8).equals(key))
                                .count()
                        >= count)
                .stream()
                .filter(record -> new String(record.key(), UTF_8).equals(key))
                .map(record -> EventHeaders.metadata(record.headers()).aggregateVersion())
                .toList();
    }
}
