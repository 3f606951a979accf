package io.sluice.messaging.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.contract.messaging.v1.WorkReleased;
import io.sluice.messaging.Node;
import io.sluice.messaging.Servers;
import io.sluice.messaging.deadletter.DeadLetter;
import io.sluice.messaging.deadletter.LetterFilter;

/** Laws 1, 2, 5, 6, 7 and 8 of work: rows hold the backlog, attempts are counted right, nothing ends in silence. */
class WorkIT {

    private final String schema = Servers.freshSchema();
    private final Node node = Node.passing(schema);
    private final Bench bench = new Bench();

    @BeforeEach
    void createTables() {
        Bench.createTables(node);
    }

    @AfterEach
    void close() {
        node.close();
    }

    // --- law 2: the backlog is rows, the window is bounded

    @Test
    void atMostAWindowIsReleasedByLaneThenPriorityThenFirstCome() {
        Bench small = new Bench(Bench.TOPIC, 1, 1, 3);
        small.submit(
                node,
                List.of(
                        WorkRequest.of("bench", "backlog-1", Lane.BACKLOG),
                        new WorkRequest("bench", "backlog-urgent", Lane.BACKLOG, 10, Duration.ZERO, ""),
                        WorkRequest.of("bench", "later", Lane.INTERACTIVE).in(Duration.ofHours(1))));
        small.submit(node, List.of(WorkRequest.of("bench", "a-backlog-2", Lane.BACKLOG)));
        small.submit(
                node,
                List.of(
                        WorkRequest.of("bench", "z-fresh", Lane.FRESH),
                        WorkRequest.of("bench", "zz-now", Lane.INTERACTIVE)));
        assertThat(Bench.keys(small.released(node))).containsExactly("zz-now", "z-fresh", "backlog-urgent");
        assertThat(small.released(node)).as("the window is full").isEmpty();
        node.execute("DELETE FROM work WHERE work_key IN ('zz-now', 'z-fresh')");
        assertThat(Bench.keys(small.released(node))).containsExactly("backlog-1", "a-backlog-2");
        assertThat(state("later")).isEqualTo("deferred");
    }

    @Test
    void dueRowIsReleased() {
        bench.submit(node, List.of(WorkRequest.of("bench", "k", Lane.FRESH).in(Duration.ofMillis(300))));
        assertThat(bench.released(node)).isEmpty();
        await().until(() -> Bench.keys(bench.released(node)).equals(List.of("k")));
    }

    @Test
    void puttingItUpAgainRaisesItAndNeverDoublesIt() {
        bench.submit(node, List.of(WorkRequest.of("bench", "k", Lane.BACKLOG).in(Duration.ofHours(1))));
        bench.submit(node, List.of(WorkRequest.of("bench", "k", Lane.INTERACTIVE)));
        bench.submit(node, List.of(WorkRequest.of("bench", "k", Lane.BACKLOG)));
        assertThat(node.row("SELECT COUNT(*) AS n, MIN(lane) AS lane, MIN(state) AS state FROM work"))
                .containsEntry("n", 1L)
                .containsEntry("lane", 0)
                .containsEntry("state", "waiting");
    }

    @Test
    void unclaimedRowIsReleasedAgainAndItsOldMessageIsIgnored() {
        bench.submit(node, "k");
        ConsumerRecords<byte[], byte[]> lost = bench.released(node);
        assertThat(bench.released(node)).isEmpty();
        bench.dispatch(node, Duration.ZERO);
        ConsumerRecords<byte[], byte[]> second = bench.takeMessages(node);
        assertThat(Bench.read(second).getFirst().getReleaseToken())
                .isGreaterThan(Bench.read(lost).getFirst().getReleaseToken());
        node.runner.run(lost, bench);
        assertThat(bench.performed).isEmpty();
        runToEnd(second);
        assertThat(bench.performed).containsExactly("k");
    }

    @Test
    void messageThatComesTwiceIsDoneOnce() {
        bench.submit(node, "k");
        ConsumerRecords<byte[], byte[]> released = bench.released(node);
        runToEnd(released);
        runToEnd(released);
        assertThat(node.number("SELECT times FROM result")).isEqualTo(1);
    }

    @Test
    void withdrawnWorkIsNotDone() {
        bench.submit(node, "a", "b");
        ConsumerRecords<byte[], byte[]> released = bench.released(node);
        node.transactions.run(tx -> node.board.withdraw(tx, "bench", List.of("a")));
        runToEnd(released);
        assertThat(bench.performed).containsExactly("b");
    }

    @Test
    void submittedWhileItRunsItIsDoneOnceMore() {
        AtomicInteger runs = new AtomicInteger();
        bench.performing = work -> {
            if (runs.incrementAndGet() == 1) {
                bench.submit(node, "k");
            }
            return new Outcome.Ok<>("done");
        };
        bench.submit(node, "k");
        runToEnd(bench.released(node));
        assertThat(state("k")).isEqualTo("waiting");
        runToEnd(bench.released(node));
        assertThat(node.number("SELECT COUNT(*) FROM work")).isZero();
        assertThat(runs).hasValue(2);
    }

    // --- law 6: what an attempt costs

    @Test
    void transientFailureIsTriedFourTimesInAllThenGivenUpWithADeadLetter() {
        bench.performing = work -> new Outcome.Failed<>(ErrorCode.CHILD_DIED, "it died");
        bench.submit(node, "k");
        List<Double> pauses = new ArrayList<>();
        for (int attempt = 1; attempt <= 3; attempt++) {
            runToEnd(bench.released(node));
            assertThat(state("k")).isEqualTo("deferred");
            pauses.add(pause("k"));
            makeDue();
        }
        assertThat(pauses.get(0)).isBetween(0.0, 1.0);
        assertThat(pauses.get(1)).isBetween(2.5, 4.0);
        assertThat(pauses.get(2)).isBetween(7.5, 9.0);
        assertThat(letters()).isEmpty();
        runToEnd(bench.released(node));
        assertThat(state("k")).isEqualTo("given_up");
        assertThat(letters())
                .extracting(DeadLetter::source, DeadLetter::origin, DeadLetter::code, DeadLetter::attempts)
                .containsExactly(tuple("work", "bench", ErrorCode.CHILD_DIED, 4));
        assertThat(bench.finished)
                .extracting(Finished::attempts, Finished::last)
                .containsExactly(tuple(1, false), tuple(2, false), tuple(3, false), tuple(4, true));

        bench.performing = work -> new Outcome.Ok<>("done");
        bench.submit(node, "k");
        runToEnd(bench.released(node));
        assertThat(bench.finished.getLast().attempts()).as("afresh").isEqualTo(1);
        assertThat(node.number("SELECT COUNT(*) FROM work")).isZero();
    }

    @Test
    void senderEndsItAtOnceWithoutADeadLetterAndADefectWithOne() {
        bench.performing = work -> new Outcome.Failed<>(
                work.key().equals("theirs") ? ErrorCode.IMAGE_DAMAGED : ErrorCode.INTERNAL, "because");
        bench.submit(node, "theirs", "ours");
        runToEnd(bench.released(node));
        assertThat(bench.finished).allMatch(Finished::last).hasSize(2);
        assertThat(letters()).extracting(DeadLetter::code).containsExactly(ErrorCode.INTERNAL);
        assertThat(node.text("SELECT GROUP_CONCAT(work_key) FROM work")).isEqualTo("ours");
        assertThat(state("ours")).isEqualTo("given_up");
    }

    @Test
    void interruptionAndLackOfCapacityCostNothing() {
        for (int round = 0; round < 8; round++) {
            bench.performing = round % 2 == 0
                    ? work -> new Outcome.Interrupted<>(ErrorCode.SOURCE_CHANGED, "changed")
                    : work -> new Outcome.Failed<>(ErrorCode.STORE_FULL, "full");
            if (round == 0) {
                bench.submit(node, "k");
            }
            runToEnd(bench.released(node));
            assertThat(state("k")).isEqualTo("deferred");
            makeDue();
        }
        assertThat(node.number("SELECT attempts + failed + vanished FROM work")).isZero();
        assertThat(letters()).isEmpty();
        assertThat(bench.finished).noneMatch(Finished::last);
    }

    @Test
    void attemptIsCountedBeforeTheWork() {
        AtomicInteger counted = new AtomicInteger();
        bench.performing = work -> {
            counted.set((int) node.number("SELECT attempts FROM work WHERE id = ?", work.id()));
            return new Outcome.Ok<>("done");
        };
        bench.submit(node, "k");
        runToEnd(bench.released(node));
        assertThat(counted).hasValue(1);
    }

    @Test
    void vanishedTwiceItRunsAloneAndWithTheFifthItEnds() {
        bench.submit(node, "killer", "bystander");
        for (int vanish = 1; vanish <= 4; vanish++) {
            ConsumerRecords<byte[], byte[]> released = bench.released(node);
            WorkReleased killer = Bench.read(released).stream()
                    .filter(one -> one.getWorkKey().toStringUtf8().equals("killer"))
                    .findFirst()
                    .orElseThrow();
            assertThat(killer.getAlone()).isEqualTo(vanish > 2);
            dieInside(killer);
            bench.dispatch(node);
            assertThat(node.number("SELECT vanished FROM work WHERE work_key = 'killer'"))
                    .isEqualTo(vanish);
        }
        dieInside(Bench.read(bench.takeMessages(node)).stream()
                .filter(one -> one.getWorkKey().toStringUtf8().equals("killer"))
                .findFirst()
                .orElseThrow());
        bench.dispatch(node);
        assertThat(state("killer")).isEqualTo("given_up");
        assertThat(state("bystander")).isEqualTo("released");
        assertThat(letters())
                .extracting(DeadLetter::code, DeadLetter::attempts)
                .containsExactly(tuple(ErrorCode.WORKER_LOST, 5));
        assertThat(bench.finished).singleElement().satisfies(told -> {
            assertThat(told.last()).isTrue();
            assertThat(told.outcome()).isInstanceOfSatisfying(Outcome.Failed.class, failed -> assertThat(failed.code())
                    .isEqualTo(ErrorCode.WORKER_LOST));
        });
    }

    /** What a process leaves behind that is killed in the midst of it: a claimed row whose lease runs out. */
    private void dieInside(WorkReleased released) {
        int claimed = node.execute(
                "UPDATE work SET state = 'running', attempts = attempts + 1, lease_token = release_token,"
                        + " lease_owner = 'gone', lease_incarnation = UUID(), lease_until = NOW(6) - INTERVAL 1 SECOND"
                        + " WHERE id = ? AND release_token = ? AND state = 'released'",
                released.getWorkId(),
                released.getReleaseToken());
        assertThat(claimed).isEqualTo(1);
    }

    @Test
    void processThatIsKilledInsideLeavesItToOthersWhenItsLeaseRunsOut() throws Exception {
        Node victim = Node.passing(schema);
        Bench stuck = new Bench();
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch late = new CountDownLatch(1);
        stuck.performing = work -> {
            inside.countDown();
            awaitQuietly(late);
            return new Outcome.Ok<>("too late");
        };
        bench.submit(node, "k");
        victim.runner.run(bench.released(node), stuck);
        assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();
        victim.crash();
        assertThat(bench.released(node)).as("its lease still runs").isEmpty();
        AtomicInteger rounds = new AtomicInteger();
        await().atMost(Duration.ofSeconds(10)).until(() -> {
            rounds.incrementAndGet();
            ConsumerRecords<byte[], byte[]> released = bench.released(node);
            runToEnd(released);
            return !released.isEmpty();
        });
        late.countDown();
        assertThat(node.number("SELECT times FROM result")).isEqualTo(1);
        assertThat(bench.finished.getLast().attempts())
                .as("the vanished one and this")
                .isEqualTo(2);
        assertThat(node.number("SELECT COUNT(*) FROM work")).isZero();
        victim.close();
    }

    @Test
    void heartbeatKeepsWorkThatTakesLongerThanItsLease() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        bench.performing = work -> {
            awaitQuietly(go);
            return new Outcome.Ok<>("done");
        };
        bench.submit(node, "k");
        node.runner.run(bench.released(node), bench);
        try (Node other = Node.passing(schema)) {
            await().during(Servers.SHORT_LEASE.multipliedBy(2))
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> {
                        bench.dispatch(other);
                        return state("k").equals("running");
                    });
        }
        go.countDown();
        await().until(() -> bench.finished.size() == 1);
        assertThat(bench.finished.getFirst().attempts()).isEqualTo(1);
    }

    @Test
    void lateResultOfALostLeaseIsDroppedAndTheWorkIsToldSo() throws Exception {
        Node frozen = Node.frozen(schema);
        Bench stuck = new Bench();
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch late = new CountDownLatch(1);
        List<Boolean> toldLost = new ArrayList<>();
        stuck.performing = work -> {
            inside.countDown();
            awaitQuietly(late);
            toldLost.add(work.lost().getAsBoolean());
            return new Outcome.Ok<>("too late");
        };
        bench.submit(node, "k");
        CountDownLatch second = new CountDownLatch(1);
        bench.performing = work -> {
            awaitQuietly(second);
            return new Outcome.Ok<>("done");
        };
        frozen.runner.run(bench.released(node), stuck);
        assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();
        await().atMost(Duration.ofSeconds(10)).until(() -> {
            ConsumerRecords<byte[], byte[]> released = bench.released(node);
            node.runner.run(released, bench);
            return !released.isEmpty();
        });
        late.countDown();
        frozen.close();
        assertThat(state("k")).as("somebody else's now").isEqualTo("running");
        second.countDown();
        await().until(() -> bench.finished.size() == 1);
        assertThat(stuck.finished).as("never written").isEmpty();
        assertThat(toldLost).containsExactly(true);
        assertThat(node.number("SELECT times FROM result")).isEqualTo(1);
        assertThat(frozen.registry
                        .counter("sluice.work.attempts", "work_class", "bench", "outcome", "dropped")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void restartedStableInstanceTakesUpWhatItsEarlierSelfWasDoingAtOnce() {
        Node before = Node.stable(schema, "slot-1", Duration.ofSeconds(30));
        Bench stuck = new Bench();
        CountDownLatch late = new CountDownLatch(1);
        stuck.performing = work -> {
            awaitQuietly(late);
            return new Outcome.Ok<>("too late");
        };
        bench.submit(node, "k");
        before.runner.run(bench.released(node), stuck);
        before.crash();
        try (Node after = Node.stable(schema, "slot-1", Duration.ofSeconds(30));
                Node other = Node.stable(schema, "slot-2", Duration.ofSeconds(30))) {
            assertThat(other.runner.reapOwn(bench)).isZero();
            assertThat(after.runner.reapOwn(bench)).isEqualTo(1);
            assertThat(state("k")).isEqualTo("waiting");
        }
        late.countDown();
        before.close();
    }

    @Test
    void stoppingProcessGivesBackWhatItDoesNotEndInTimeAndCountsNothing() {
        Node stopping = Node.stable(schema, "slot-1", Duration.ofSeconds(30));
        Bench polite = new Bench();
        polite.performing = work -> {
            await().until(work.lost()::getAsBoolean);
            return new Outcome.Interrupted<>(ErrorCode.INTERRUPTED, "stop");
        };
        bench.submit(node, "k");
        stopping.runner.run(bench.released(node), polite);
        stopping.close();
        assertThat(state("k")).isEqualTo("deferred");
        assertThat(node.number("SELECT attempts FROM work")).isZero();

        Node again = Node.stable(schema, "slot-2", Duration.ofSeconds(30));
        Bench deaf = new Bench();
        deaf.performing = work -> {
            awaitQuietly(new CountDownLatch(1));
            return new Outcome.Ok<>("never");
        };
        makeDue();
        again.runner.run(bench.released(node), deaf);
        again.close();
        assertThat(state("k")).isEqualTo("waiting");
        assertThat(node.number("SELECT attempts FROM work")).isZero();
        assertThatThrownBy(() -> again.runner.run(bench.released(node), deaf))
                .isInstanceOfSatisfying(CodedException.class, stopped -> assertThat(stopped.code())
                        .isEqualTo(ErrorCode.INTERRUPTED));
    }

    // --- law 8: one bad thing stops only itself

    @Test
    void throwingHandlerFailsOnlyTheBadWorkOfItsBatch() {
        Bench wide = new Bench(Bench.TOPIC, 32, 1, 100);
        wide.performing = work -> {
            if (work.key().equals("k7")) {
                throw new IllegalStateException("only I");
            }
            return new Outcome.Ok<>("done");
        };
        wide.submit(node, keys(32));
        runToEnd(wide.released(node), wide);
        assertThat(node.number("SELECT COUNT(*) FROM result")).isEqualTo(31);
        assertThat(state("k7")).isEqualTo("given_up");
    }

    @Test
    void refusedFinishIsHalvedUntilTheBadOneStandsAlone() {
        Bench wide = new Bench(Bench.TOPIC, 32, 1, 100);
        wide.finishing = (tx, one) -> {
            if (one.work().key().equals("k7") && one.outcome() instanceof Outcome.Ok) {
                throw new CodedException(ErrorCode.CONFLICT, "cannot be written");
            }
            if (one.work().key().equals("k8")) {
                throw new IllegalStateException("cannot even fail");
            }
            return null;
        };
        wide.submit(node, keys(32));
        runToEnd(wide.released(node), wide);
        assertThat(node.number("SELECT COUNT(*) FROM result")).isEqualTo(30);
        assertThat(node.number("SELECT COUNT(*) FROM result WHERE times > 1")).isZero();
        assertThat(wide.finished)
                .filteredOn(one -> one.work().key().equals("k7"))
                .singleElement()
                .satisfies(one -> assertThat(one.outcome())
                        .isEqualTo(new Outcome.Failed<String>(ErrorCode.CONFLICT, "cannot be written")));
        assertThat(node.text("SELECT GROUP_CONCAT(work_key) FROM work")).isEqualTo("k8");
        assertThat(state("k8")).isEqualTo("given_up");
    }

    @Test
    void aloneMeansThatNothingElseRunsBesideIt() {
        Bench four = new Bench(Bench.TOPIC, 1, 4, 100);
        AtomicInteger running = new AtomicInteger();
        List<Integer> besideAlone = new ArrayList<>();
        four.performing = work -> {
            int beside = running.incrementAndGet();
            awaitQuietly(new CountDownLatch(1), 30);
            if (work.alone()) {
                besideAlone.add(Math.max(beside, running.get()));
            }
            running.decrementAndGet();
            return new Outcome.Ok<>("done");
        };
        four.submit(node, keys(20));
        node.execute("UPDATE work SET vanished = 2 WHERE work_key IN ('k3', 'k11')");
        runToEnd(four.released(node), four);
        assertThat(besideAlone).containsExactly(1, 1);
        assertThat(node.number("SELECT COUNT(*) FROM result")).isEqualTo(20);
    }

    @Test
    void unreadableReleaseIsADeadLetter() {
        bench.submit(node, "k");
        ConsumerRecords<byte[], byte[]> good = bench.released(node);
        List<org.apache.kafka.clients.consumer.ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        records.add(bench.record(9, new byte[] {1}, new byte[] {(byte) 0xff}));
        good.forEach(records::add);
        runToEnd(bench.poll(records));
        assertThat(bench.performed).containsExactly("k");
        assertThat(letters()).extracting(DeadLetter::code).containsExactly(ErrorCode.UNREADABLE_MESSAGE);
    }

    // --- law 7: an outage is not a failure

    @Test
    void resultIsKeptWhileTheDatabaseIsDown() throws Exception {
        Node patient = Node.stable(schema, "slot-1", Duration.ofSeconds(30));
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        bench.performing = work -> {
            inside.countDown();
            awaitQuietly(go);
            return new Outcome.Ok<>("done");
        };
        bench.submit(node, "k");
        patient.runner.run(bench.released(node), bench);
        assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();
        Servers.database().kill();
        go.countDown();
        await().until(() -> patient.registry.find("sluice.lane.waits").gauge() != null);
        Servers.database().restart();
        await().atMost(Duration.ofSeconds(30)).until(() -> bench.finished.size() == 1);
        assertThat(bench.performed).as("not done again").containsExactly("k");
        assertThat(bench.finished.getFirst().attempts()).isEqualTo(1);
        patient.close();
    }

    @Test
    void claimWaitsForTheDatabase() {
        bench.submit(node, "k");
        ConsumerRecords<byte[], byte[]> released = bench.released(node);
        Servers.database().kill();
        CompletableFuture<Void> running = CompletableFuture.runAsync(() -> node.runner.run(released, bench));
        await().until(() -> node.registry.find("sluice.lane.waits").gauge() != null);
        assertThat(running).isNotDone();
        Servers.database().restart();
        assertThat(running).succeedsWithin(Duration.ofSeconds(30));
        await().until(() -> bench.finished.size() == 1);
        assertThat(bench.finished.getFirst().attempts()).isEqualTo(1);
    }

    // ---

    private void runToEnd(ConsumerRecords<byte[], byte[]> released) {
        runToEnd(released, bench);
    }

    private void runToEnd(ConsumerRecords<byte[], byte[]> released, Bench handler) {
        node.runner.run(released, handler);
        await().until(() -> node.number(
                        "SELECT COUNT(*) FROM work WHERE state = 'running' AND lease_owner = ?", node.instance.name())
                == 0);
    }

    private static String[] keys(int count) {
        return IntStream.range(0, count).mapToObj(i -> "k" + i).toArray(String[]::new);
    }

    private void makeDue() {
        node.execute("UPDATE work SET due_at = NOW(6) WHERE state = 'deferred'");
    }

    private double pause(String key) {
        return Double.parseDouble(
                node.text("SELECT TIMESTAMPDIFF(MICROSECOND, NOW(6), due_at) / 1e6 FROM work WHERE work_key = ?", key));
    }

    private String state(String key) {
        return node.text("SELECT state FROM work WHERE work_key = ?", key);
    }

    private List<DeadLetter> letters() {
        return node.letters.page(LetterFilter.OPEN, 100, "").stream()
                .map(kept -> kept.letter())
                .toList();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        awaitQuietly(latch, 60_000);
    }

    private static void awaitQuietly(CountDownLatch latch, long millis) {
        try {
            latch.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
