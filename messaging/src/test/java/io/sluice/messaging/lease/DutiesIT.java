package io.sluice.messaging.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.messaging.Node;
import io.sluice.messaging.Servers;

/** Law 9: nothing is single by accident, and nothing is owned twice. */
class DutiesIT {

    private static final Duration THIRTY_SECONDS = Duration.ofSeconds(30);

    private final String schema = Servers.freshSchema();

    /** Tells the token of each run. */
    private static final class Told implements Duty {
        final List<Long> tokens = new CopyOnWriteArrayList<>();
        final AtomicReference<Tenure> tenure = new AtomicReference<>();
        private final Duration period;

        Told(Duration period) {
            this.period = period;
        }

        @Override
        public String name() {
            return "told";
        }

        @Override
        public Duration period() {
            return period;
        }

        @Override
        public void run(Tenure tenure) {
            this.tenure.set(tenure);
            tokens.add(tenure.token());
        }
    }

    @Test
    void oneOfTwoRunsItAndTheOtherTakesOverWithALargerTokenWhenTheFirstDies() {
        Told first = new Told(Duration.ofMillis(20));
        Told second = new Told(Duration.ofMillis(20));
        Node one = Node.passing(schema);
        try (Node two = Node.passing(schema)) {
            one.duties.start(first);
            await().until(() -> first.tokens.size() > 3);
            two.duties.start(second);
            await().pollDelay(Servers.SHORT_LEASE.plusMillis(500)).until(() -> first.tokens.size() > 10);
            assertThat(second.tokens).as("renewed past its duration").isEmpty();

            one.crash();
            await().atMost(Duration.ofSeconds(10)).until(() -> !second.tokens.isEmpty());
            assertThat(second.tokens.getFirst()).isGreaterThan(first.tokens.getLast());
            assertThat(first.tenure.get().over())
                    .as("knows it without being told")
                    .isTrue();
        } finally {
            one.close();
        }
    }

    @Test
    void stableInstanceTakesItsOwnLeaseBackAtOnceUnderANewToken() {
        Told before = new Told(Duration.ofMillis(20));
        Node first = Node.stable(schema, "slot-1", THIRTY_SECONDS);
        first.duties.start(before);
        await().until(() -> !before.tokens.isEmpty());
        first.crash();
        try (Node again = Node.stable(schema, "slot-1", THIRTY_SECONDS);
                Node other = Node.stable(schema, "slot-2", THIRTY_SECONDS)) {
            Told elsewhere = new Told(Duration.ofMillis(20));
            other.duties.start(elsewhere);
            Told after = new Told(Duration.ofMillis(20));
            again.duties.start(after);
            await().atMost(Duration.ofSeconds(3)).until(() -> !after.tokens.isEmpty());
            assertThat(after.tokens.getFirst()).isEqualTo(before.tokens.getLast() + 1);
            assertThat(elsewhere.tokens).as("another slot waits it out").isEmpty();
        } finally {
            first.close();
        }
    }

    @Test
    void lateWriteOfAFrozenOwnerIsRefused() {
        Told frozen = new Told(Duration.ofHours(1));
        Told next = new Told(Duration.ofHours(1));
        try (Node old = Node.frozen(schema);
                Node other = Node.passing(schema)) {
            old.duties.start(frozen);
            await().until(() -> frozen.tenure.get() != null);
            old.transactions.run(tx -> frozen.tenure.get().verify(tx));
            other.duties.start(next);
            await().atMost(Duration.ofSeconds(10)).until(() -> next.tenure.get() != null);
            assertThatThrownBy(
                            () -> old.transactions.run(tx -> frozen.tenure.get().verify(tx)))
                    .isInstanceOfSatisfying(CodedException.class, refused -> assertThat(refused.code())
                            .isEqualTo(ErrorCode.LEASE_LOST));
            other.transactions.run(tx -> next.tenure.get().verify(tx));
            assertThat(old.registry.counter("sluice.lease.lost", "kind", "duty").count())
                    .isEqualTo(1);
        }
    }

    @Test
    void verifiedTenureHoldsUntilItsTransactionEnds() throws Exception {
        Told frozen = new Told(Duration.ofHours(1));
        Told next = new Told(Duration.ofHours(1));
        CountDownLatch verified = new CountDownLatch(1);
        CountDownLatch write = new CountDownLatch(1);
        try (Node old = Node.frozen(schema);
                Node other = Node.passing(schema)) {
            old.duties.start(frozen);
            await().until(() -> frozen.tenure.get() != null);
            Thread writing = Thread.startVirtualThread(() -> old.transactions.run(tx -> {
                frozen.tenure.get().verify(tx);
                verified.countDown();
                awaitUninterruptibly(write);
            }));
            assertThat(verified.await(5, TimeUnit.SECONDS)).isTrue();
            other.duties.start(next);
            await().pollDelay(Servers.SHORT_LEASE.plusSeconds(1)).untilAsserted(() -> assertThat(next.tenure.get())
                    .as("taken over in the midst of a write")
                    .isNull());
            write.countDown();
            writing.join();
            await().atMost(Duration.ofSeconds(10)).until(() -> next.tenure.get() != null);
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void stopGivesTheLeaseBackAtOnce() {
        Told first = new Told(Duration.ofMillis(20));
        Told second = new Told(Duration.ofMillis(20));
        try (Node one = Node.stable(schema, "slot-1", THIRTY_SECONDS);
                Node two = Node.passing(schema)) {
            one.duties.start(first);
            await().until(() -> !first.tokens.isEmpty());
            one.duties.stop("told");
            two.duties.start(second);
            await().atMost(Duration.ofSeconds(3)).until(() -> !second.tokens.isEmpty());
        }
    }

    @Test
    void wakeRunsItNowAndOnlyWhereItIsOwned() {
        Told first = new Told(Duration.ofHours(1));
        try (Node one = Node.passing(schema)) {
            one.duties.start(first);
            await().until(() -> first.tokens.size() == 1);
            one.duties.wake("told");
            await().until(() -> first.tokens.size() == 2);
            one.duties.wake("nobody's");
        }
    }

    @Test
    void failingRunIsToldAndDoneAgain() {
        Told quiet = new Told(Duration.ofMillis(20));
        List<Integer> runs = new CopyOnWriteArrayList<>();
        try (Node node = Node.passing(schema)) {
            node.duties.start(new Duty() {
                @Override
                public String name() {
                    return "failing";
                }

                @Override
                public Duration period() {
                    return Duration.ofMillis(20);
                }

                @Override
                public void run(Tenure tenure) {
                    runs.add(1);
                    throw new CodedException(ErrorCode.STORE_FULL, "no room");
                }
            });
            node.duties.start(quiet);
            await().until(() -> runs.size() == 2 && quiet.tokens.size() > 10);
            assertThat(node.registry
                            .counter("sluice.duty.failed", "error_code", "store_full")
                            .count())
                    .isGreaterThanOrEqualTo(1);
        }
    }
}
