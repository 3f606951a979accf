package io.sluice.messaging.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.messaging.Node;
import io.sluice.messaging.Servers;
import io.sluice.messaging.deadletter.LetterFilter;

/** Law 2 of what a person waits for: the process that is asked claims the row itself, under the same lease as workers. */
class ClaimNowIT {

    private final String schema = Servers.freshSchema();
    private final Node node = Node.passing(schema);
    private final Bench bench = new Bench();
    private final CountDownLatch go = new CountDownLatch(1);

    @BeforeEach
    void createTables() {
        Bench.createTables(node);
    }

    @AfterEach
    void close() {
        go.countDown();
        node.close();
    }

    @Test
    void whatWaitsIsDoneAtOnceInLaneInteractive() {
        bench.submit(node, "k");
        bench.performing = work -> {
            assertThat(node.row("SELECT state, lane, attempts, lease_token FROM work"))
                    .containsEntry("state", "running")
                    .containsEntry("lane", Lane.INTERACTIVE.ordinal())
                    .hasEntrySatisfying(
                            "attempts", counted -> assertThat(counted).hasToString("1"))
                    .hasEntrySatisfying(
                            "lease_token", token -> assertThat(token).hasToString(Long.toString(work.leaseToken())));
            return new Outcome.Ok<>("done");
        };
        assertThat(claimed(now("k")).ended()).succeedsWithin(Duration.ofSeconds(10));
        assertThat(bench.finished).extracting(Finished::attempts).containsExactly(1);
        assertThat(node.number("SELECT times FROM result")).isEqualTo(1);
        assertThat(node.number("SELECT COUNT(*) FROM work")).isZero();
    }

    @Test
    void releasedWorkIsTakenFromItsMessageWhichIsIgnoredThen() {
        bench.performing = this::slowly;
        bench.submit(node, "k");
        ConsumerRecords<byte[], byte[]> released = bench.released(node);
        Claim.Claimed ours = claimed(now("k"));
        assertThat(ours.token()).isGreaterThan(Bench.read(released).getFirst().getReleaseToken());
        node.runner.run(released, bench);
        go.countDown();
        assertThat(ours.ended()).succeedsWithin(Duration.ofSeconds(10));
        node.runner.run(released, bench);
        assertThat(bench.performed).containsExactly("k");
        assertThat(node.number("SELECT times FROM result")).isEqualTo(1);
    }

    @Test
    void oldMessageIsIgnoredAlsoWhenTheAttemptWasNotTheLast() {
        bench.performing = work -> new Outcome.Failed<>(ErrorCode.CHILD_DIED, "it died");
        bench.submit(node, "k");
        ConsumerRecords<byte[], byte[]> old = bench.released(node);
        assertThat(claimed(now("k")).ended()).succeedsWithin(Duration.ofSeconds(10));
        node.execute("UPDATE work SET due_at = NOW(6)");
        bench.released(node);
        assertThat(state("k")).isEqualTo("released");
        node.runner.run(old, bench);
        assertThat(bench.performed).containsExactly("k");
    }

    @Test
    void pauseAfterAFailureIsCutShortAndAttemptsAreCountedToTheEnd() {
        bench.performing = work -> new Outcome.Failed<>(ErrorCode.CHILD_DIED, "it died");
        bench.submit(node, "k");
        for (int attempt = 1; attempt <= 3; attempt++) {
            assertThat(claimed(now("k")).ended()).succeedsWithin(Duration.ofSeconds(10));
            assertThat(state("k")).isEqualTo("deferred");
        }
        assertThat(claimed(now("k")).ended()).succeedsWithin(Duration.ofSeconds(10));
        assertThat(bench.finished).extracting(Finished::attempts).containsExactly(1, 2, 3, 4);
        assertThat(state("k")).isEqualTo("given_up");
        assertThat(node.letters.page(LetterFilter.OPEN, 10, "")).hasSize(1);
        assertThat(now("k")).as("given up on").isEqualTo(new Claim.NoWork());
    }

    @Test
    void interruptionIsRefunded() {
        bench.performing = work -> new Outcome.Interrupted<>(ErrorCode.SOURCE_CHANGED, "changed");
        bench.submit(node, "k");
        assertThat(claimed(now("k")).ended()).succeedsWithin(Duration.ofSeconds(10));
        assertThat(state("k")).isEqualTo("deferred");
        assertThat(node.number("SELECT attempts + failed + vanished FROM work")).isZero();
    }

    @Test
    void whatIsNotUpCannotBeClaimed() {
        assertThat(now("k")).isEqualTo(new Claim.NoWork());
    }

    @Test
    void ofManyWhoAskAtOnceOneClaimsAndTheOthersJoinIt() {
        bench.performing = this::slowly;
        bench.submit(node, "k");
        try (Node other = Node.passing(schema)) {
            List<Claim> answers = Stream.of(node, other, node, other)
                    .map(asked -> CompletableFuture.supplyAsync(() -> asked.runner.claimNow(bench, "k", 2)))
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .toList();
            Claim.Claimed one = answers.stream()
                    .filter(Claim.Claimed.class::isInstance)
                    .map(Claim.Claimed.class::cast)
                    .findAny()
                    .orElseThrow();
            assertThat(answers)
                    .filteredOn(answer -> answer != one)
                    .hasSize(3)
                    .containsOnly(new Claim.RunningElsewhere(one.token()));
            go.countDown();
            assertThat(one.ended()).succeedsWithin(Duration.ofSeconds(10));
        }
        assertThat(bench.performed).containsExactly("k");
    }

    @Test
    void whatWorkersRunIsJoinedAlsoWhenThereIsNoRoom() {
        bench.performing = this::slowly;
        bench.submit(node, "workers", "asked");
        ConsumerRecords<byte[], byte[]> released = bench.released(node);
        Claim.Claimed full = claimed(node.runner.claimNow(bench, "asked", 1));
        node.runner.run(released, bench);
        assertThat(node.runner.claimNow(bench, "workers", 1))
                .isEqualTo(new Claim.RunningElsewhere(
                        node.number("SELECT lease_token FROM work WHERE work_key = 'workers'")));
        assertThat(node.runner.claimNow(bench, "asked", 1)).isEqualTo(new Claim.RunningElsewhere(full.token()));
    }

    @Test
    void withoutRoomTheRowWaitsFirstAmongAll() {
        bench.performing = this::slowly;
        bench.submit(node, "a", "b", "c");
        bench.submit(node, List.of(WorkRequest.of("bench", "d", Lane.BACKLOG).in(Duration.ofHours(1))));
        assertThat(node.runner.claimNow(bench, "a", 1)).isInstanceOf(Claim.Claimed.class);
        assertThat(node.runner.claimNow(bench, "c", 1)).isEqualTo(new Claim.NoRoom());
        assertThat(node.runner.claimNow(bench, "d", 1)).isEqualTo(new Claim.NoRoom());
        assertThat(node.number("SELECT attempts FROM work WHERE work_key = 'c'"))
                .isZero();
        assertThat(Bench.keys(bench.released(node))).containsExactly("c", "d", "b");
    }

    @Test
    void whatMustRunAloneIsLeftToTheOrdinaryRoadAndNothingRunsBesideIt() throws Exception {
        bench.submit(node, "alone");
        node.execute("UPDATE work SET vanished = 2");
        assertThat(now("alone")).isEqualTo(new Claim.NoRoom());
        CountDownLatch inside = new CountDownLatch(1);
        bench.performing = work -> {
            inside.countDown();
            return slowly(work);
        };
        ConsumerRecords<byte[], byte[]> released = bench.released(node);
        CompletableFuture<Void> running = CompletableFuture.runAsync(() -> node.runner.run(released, bench));
        assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();
        bench.submit(node, "k");
        assertThat(now("k")).isEqualTo(new Claim.NoRoom());
        go.countDown();
        assertThat(running).succeedsWithin(Duration.ofSeconds(10));
    }

    @Test
    void whatTakesLongKeepsNobodyWaitingWhoMustRunAlone() {
        Bench film = new Bench();
        film.takesLong = true;
        film.performing = this::slowly;
        film.submit(node, "film");
        Claim.Claimed running = claimed(node.runner.claimNow(film, "film", 1));
        bench.submit(node, "alone");
        node.execute("UPDATE work SET vanished = 2 WHERE work_key = 'alone'");
        node.runner.run(bench.released(node), bench);
        await().atMost(Duration.ofSeconds(10)).until(() -> !bench.finished.isEmpty());
        assertThat(running.ended().toCompletableFuture()).isNotDone();
        go.countDown();
        assertThat(running.ended()).succeedsWithin(Duration.ofSeconds(10));
    }

    @Test
    void processThatIsKilledInsideLeavesItToOthersWhenItsLeaseRunsOut() throws Exception {
        Node victim = Node.passing(schema);
        Bench stuck = new Bench();
        CountDownLatch inside = new CountDownLatch(1);
        stuck.performing = work -> {
            inside.countDown();
            return slowly(work);
        };
        bench.submit(node, "k");
        long token = claimed(victim.runner.claimNow(stuck, "k", 1)).token();
        assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();
        victim.crash();
        assertThat(now("k")).as("its lease still runs").isEqualTo(new Claim.RunningElsewhere(token));
        await().atMost(Duration.ofSeconds(10)).until(() -> {
            bench.dispatch(node);
            return !state("k").equals("running");
        });
        assertThat(node.number("SELECT vanished FROM work")).isEqualTo(1);
        Claim.Claimed again = claimed(now("k"));
        assertThat(again.token()).isGreaterThan(token);
        assertThat(again.ended()).succeedsWithin(Duration.ofSeconds(10));
        go.countDown();
        victim.close();
        assertThat(stuck.finished).as("too late").isEmpty();
        assertThat(node.number("SELECT times FROM result")).isEqualTo(1);
    }

    @Test
    void attemptThatBreaksItsThreadIsNotHeldForever() {
        bench.performing = work -> {
            throw new OutOfMemoryError("too much for this process");
        };
        bench.submit(node, "k");
        assertThat(claimed(now("k")).ended()).succeedsWithin(Duration.ofSeconds(10));
        bench.performing = work -> new Outcome.Ok<>("done");
        await().atMost(Duration.ofSeconds(10)).until(() -> {
            bench.dispatch(node);
            return !state("k").equals("running");
        });
        assertThat(claimed(now("k")).ended()).succeedsWithin(Duration.ofSeconds(10));
    }

    @Test
    void stoppingProcessGivesItBackAndClaimsNothingMore() {
        Node stopping = Node.passing(schema);
        bench.performing = work -> {
            await().until(work.lost()::getAsBoolean);
            return new Outcome.Interrupted<>(ErrorCode.INTERRUPTED, "stop");
        };
        bench.submit(node, "k");
        CompletionStage<Void> ended =
                claimed(stopping.runner.claimNow(bench, "k", 1)).ended();
        stopping.close();
        assertThat(ended).succeedsWithin(Duration.ofSeconds(10));
        assertThat(state("k")).isEqualTo("deferred");
        assertThat(node.number("SELECT attempts FROM work")).isZero();
        assertThatThrownBy(() -> stopping.runner.claimNow(bench, "k", 1))
                .asInstanceOf(type(CodedException.class))
                .extracting(CodedException::code)
                .isEqualTo(ErrorCode.INTERRUPTED);
    }

    @Test
    void outageIsToldToWhoeverAsks() {
        bench.submit(node, "k");
        Node cut = Node.passing(schema);
        cut.crash();
        assertThatThrownBy(() -> cut.runner.claimNow(bench, "k", 1)).isInstanceOf(RuntimeException.class);
        cut.close();
        assertThat(state("k")).isEqualTo("waiting");
        assertThat(claimed(now("k")).ended()).succeedsWithin(Duration.ofSeconds(10));
    }

    // ---

    private Claim now(String key) {
        return node.runner.claimNow(bench, key, 2);
    }

    private static Claim.Claimed claimed(Claim answer) {
        assertThat(answer).isInstanceOf(Claim.Claimed.class);
        return (Claim.Claimed) answer;
    }

    private Outcome<String> slowly(ClaimedWork work) {
        try {
            go.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return new Outcome.Ok<>("done");
    }

    private String state(String key) {
        return node.text("SELECT state FROM work WHERE work_key = ?", key);
    }
}
