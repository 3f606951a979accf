package io.sluice.messaging.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.google.protobuf.ByteString;

import io.sluice.contract.ErrorCode;
import io.sluice.contract.Topic;
import io.sluice.contract.messaging.v1.WorkReleased;
import io.sluice.messaging.EventHeaders;
import io.sluice.messaging.FixedTenure;
import io.sluice.messaging.Node;
import io.sluice.messaging.Servers;
import io.sluice.messaging.TopicReader;
import io.sluice.messaging.deadletter.LetterFilter;
import io.sluice.messaging.lease.Duty;

/** Laws 1, 7 and 8 of the outbox: in order, once in effect, whatever crashes or freezes between the steps. */
class OutboxRelayIT {

    private final String schema = Servers.freshSchema();
    private final Topic topic = Servers.freshTopic(Topic.Keep.COMPACTED);
    private final Node node = Node.passing(schema);
    private final TopicReader reader = new TopicReader(topic);

    @AfterEach
    void close() {
        reader.close();
        node.close();
    }

    @Test
    void recordsOfAKeyLeaveInTheOrderInWhichTheyBecameTrue() {
        node.execute("CREATE TABLE thing (k INT PRIMARY KEY, version INT NOT NULL)");
        IntStream.range(0, 10).forEach(k -> node.execute("INSERT INTO thing VALUES (?, 0)", k));
        node.startRelays();
        int writers = 4;
        int changes = 150;
        CompletableFuture<?>[] writing = IntStream.range(0, writers)
                .mapToObj(writer -> CompletableFuture.runAsync(() -> {
                    Random random = new Random(writer);
                    for (int i = 0; i < changes; i++) {
                        change(random.nextInt(10));
                    }
                }))
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(writing).join();

        Map<String, List<Long>> told = versions(reader.until(seen -> seen.size() == writers * changes));
        told.forEach((key, versions) -> assertThat(versions)
                .as(key)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, versions.size())
                        .mapToObj(Long::valueOf)
                        .toList()));
        Awaitility.await().until(() -> node.number("SELECT COUNT(*) FROM outbox") == 0);
    }

    private void change(int k) {
        node.transactions.run(tx -> {
            int version = tx.createQuery("SELECT version FROM thing WHERE k = " + k + " FOR UPDATE")
                            .mapTo(Integer.class)
                            .one()
                    + 1;
            tx.execute("UPDATE thing SET version = ? WHERE k = ?", version, k);
            node.outbox.append(tx, record("k" + k, version));
        });
    }

    @Test
    void carriesCloudEventsHeadersAndATraceOfItsOwnWhenNothingIsTraced() {
        append("k", 7);
        relays().forEach(relay -> run(relay, 1));
        ConsumerRecord<byte[], byte[]> first =
                reader.until(seen -> seen.size() == 1).getFirst();
        var metadata = EventHeaders.metadata(first.headers());
        assertThat(metadata.source()).isEqualTo("/sluice/" + schema);
        assertThat(metadata.type()).isEqualTo("sluice.messaging.v1.WorkReleased");
        assertThat(metadata.subject()).isEqualTo("k");
        assertThat(metadata.aggregateVersion()).isEqualTo(7);
        node.transactions.run(tx -> node.outbox.append(tx, new OutgoingRecord(topic, "k", null, 8)));
        relays().forEach(relay -> run(relay, 1));
        ConsumerRecord<byte[], byte[]> second =
                reader.until(seen -> seen.size() == 2).getLast();
        assertThat(second.value()).isNull();
        assertThat(List.of(
                        metadata.traceparent(),
                        EventHeaders.metadata(second.headers()).traceparent()))
                .doesNotHaveDuplicates()
                .allMatch(trace -> trace.matches("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-01"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"fence", "read", "send", "delete"})
    void crashBeforeAnyStepLosesNothingAndKeepsTheOrder(String step) {
        IntStream.rangeClosed(1, 50).forEach(version -> append("k" + version % 5, version));
        AtomicBoolean crashed = new AtomicBoolean();
        for (OutboxRelay relay : relays()) {
            relay.beforeStep = name -> {
                if (name.equals(step)) {
                    crashed.set(true);
                    throw new IllegalStateException("crash before " + step);
                }
            };
            try {
                run(relay, 1);
            } catch (IllegalStateException crash) {
                relay.close();
            }
        }
        assertThat(crashed).isTrue();
        relays().forEach(relay -> run(relay, 2));

        versions(reader.until(seen -> versions(seen).values().stream()
                                .mapToLong(List::getLast)
                                .sum()
                        == 46 + 47 + 48 + 49 + 50))
                .forEach((key, versions) ->
                        assertThat(sentOnceOrAgainInOrder(versions)).as(key).isTrue());
        assertThat(node.number("SELECT COUNT(*) FROM outbox")).isZero();
    }

    /** 1 6 11 … once, or the whole of it again after a crash between the broker's commit and the deletion. */
    private static boolean sentOnceOrAgainInOrder(List<Long> versions) {
        int half = versions.size() / 2;
        boolean twice = half >= 10 && versions.subList(0, half).equals(versions.subList(half, 2 * half));
        List<Long> once = twice ? versions.subList(0, half) : versions;
        return once.size() == 10 && once.stream().sorted().toList().equals(once);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fence", "read", "send", "delete"})
    void frozenRelayThatWakesUpSendsNothingOld(String step) throws Exception {
        append("k", 1);
        int shard = (int) node.number("SELECT shard FROM outbox");
        CountDownLatch frozen = new CountDownLatch(1);
        CountDownLatch awake = new CountDownLatch(1);
        Node old = Node.frozen(schema);
        OutboxRelay oldRelay = old.relay(shard);
        oldRelay.beforeStep = freeze(step, frozen, awake);
        old.duties.start(oldRelay);
        assertThat(frozen.await(20, TimeUnit.SECONDS)).isTrue();

        try (Node next = Node.passing(schema)) {
            OutboxRelay nextRelay = next.relay(shard);
            next.duties.start(nextRelay);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> next.number("SELECT COUNT(*) FROM outbox") == 0);
            append("k", 2);
            Awaitility.await().until(() -> next.number("SELECT COUNT(*) FROM outbox") == 0);
            awake.countDown();
            old.close();
            oldRelay.close();
            append("k", 3);
            List<Long> versions = versions(reader.until(
                            seen -> !seen.isEmpty() && versions(seen).get("k").getLast() == 3))
                    .get("k");
            assertThat(versions).isSorted().endsWith(3L);
            nextRelay.close();
        }
    }

    private static Consumer<String> freeze(String step, CountDownLatch frozen, CountDownLatch awake) {
        return name -> {
            if (name.equals(step) && frozen.getCount() > 0) {
                frozen.countDown();
                try {
                    awake.await();
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        };
    }

    @Test
    void refusedRowBlocksOnlyItsKeyAndIsADeadLetter() {
        List<String> keys = IntStream.range(0, 40).mapToObj(i -> "k" + i).toList();
        keys.forEach(key -> append(key, 1));
        node.transactions.run(tx -> node.outbox.append(
                tx,
                new OutgoingRecord(
                        topic,
                        "k17",
                        WorkReleased.newBuilder()
                                .setWorkKey(ByteString.copyFrom(new byte[2 << 20]))
                                .build(),
                        2)));
        keys.forEach(key -> append(key, 3));
        relays().forEach(relay -> run(relay, 1));
        relays().forEach(relay -> run(relay, 2));

        Map<String, List<Long>> told = versions(reader.until(seen -> seen.size() == 79));
        assertThat(told.get("k17")).containsExactly(1L);
        assertThat(told).hasSize(40);
        told.forEach((key, versions) -> assertThat(versions).contains(1L));
        assertThat(node.number("SELECT COUNT(*) FROM outbox")).isEqualTo(2);
        assertThat(node.number("SELECT COUNT(*) FROM outbox WHERE blocked")).isEqualTo(2);
        assertThat(node.letters.page(LetterFilter.OPEN, 10, "")).singleElement().satisfies(kept -> {
            assertThat(kept.letter().code()).isEqualTo(ErrorCode.RECORD_TOO_LARGE);
            assertThat(new String(kept.letter().key(), UTF_8)).isEqualTo("k17");
            assertThat(kept.letter().value()).hasSizeGreaterThan(2 << 20);
        });
        append("k17", 4);
        append("k18", 4);
        relays().forEach(relay -> run(relay, 3));
        assertThat(versions(reader.until(seen -> seen.size() == 80)).get("k18")).endsWith(4L);
        assertThat(node.number("SELECT COUNT(*) FROM outbox WHERE blocked")).isEqualTo(3);
    }

    @Test
    void brokerThatIsDownIsWaitedFor() {
        node.startRelays();
        append("k", 1);
        reader.until(seen -> seen.size() == 1);
        Servers.broker().kill();
        append("k", 2);
        append("other", 1);
        Servers.broker().restart();
        Map<String, List<Long>> told = versions(reader.until(
                seen -> versions(seen).size() == 2 && versions(seen).get("k").getLast() == 2));
        assertThat(told.get("k")).isSorted();
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> node.number("SELECT COUNT(*) FROM outbox") == 0);
        assertThat(node.number("SELECT COUNT(*) FROM dead_letter")).isZero();
    }

    @Test
    void rolledBackTransactionTellsNothing() {
        assertThatThrownBy(() -> node.transactions.run(tx -> {
                    node.outbox.append(tx, record("k", 1));
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");
        append("k", 2);
        relays().forEach(relay -> run(relay, 1));
        assertThat(versions(reader.until(seen -> !seen.isEmpty())).get("k")).containsExactly(2L);
    }

    private List<OutboxRelay> relays() {
        List<OutboxRelay> relays = new ArrayList<>();
        for (int shard = 0; shard < Outbox.SHARDS; shard++) {
            relays.add(node.relay(shard));
        }
        return relays;
    }

    private static void run(OutboxRelay relay, long token) {
        Duty.Tenure tenure = new FixedTenure(token);
        relay.run(tenure);
        relay.close();
    }

    private void append(String key, long version) {
        node.transactions.run(tx -> node.outbox.append(tx, record(key, version)));
    }

    private OutgoingRecord record(String key, long version) {
        return new OutgoingRecord(
                topic, key, WorkReleased.newBuilder().setWorkId(version).build(), version);
    }

    private static Map<String, List<Long>> versions(List<ConsumerRecord<byte[], byte[]>> records) {
        Map<String, List<Long>> versions = new LinkedHashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            versions.computeIfAbsent(new String(record.key(), UTF_8), key -> new ArrayList<>())
                    .add(EventHeaders.metadata(record.headers()).aggregateVersion());
        }
        return versions;
    }
}
