package io.sluice.messaging.lease;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.messaging.MessagingMetrics;
import io.sluice.messaging.Progress;

/** Competes for one duty's lease and runs the duty while it holds it. */
final class DutyLoop implements Runnable {

    private static final Logger LOG = Logger.getLogger(DutyLoop.class);

    /** After a failed run at least, so that a broken duty of a short period does not fill the log. */
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    private final Duty duty;
    private final Leases leases;
    private final Duration heartbeat;
    private final Progress progress;
    private final MessagingMetrics metrics;
    private final Semaphore woken = new Semaphore(0);
    private volatile boolean stopping;
    private volatile @Nullable Held held;
    private @Nullable String lastFailure;

    DutyLoop(Duty duty, Leases leases, Duration heartbeat, Progress progress, MessagingMetrics metrics) {
        this.duty = duty;
        this.leases = leases;
        this.heartbeat = heartbeat;
        this.progress = progress;
        this.metrics = metrics;
    }

    String name() {
        return duty.name();
    }

    @Nullable
    Held held() {
        return held;
    }

    void wake() {
        // One that waits for the lease has nothing to do sooner.
        if ((held != null || stopping) && woken.availablePermits() == 0) {
            woken.release();
        }
    }

    void stop() {
        stopping = true;
        wake();
    }

    @Override
    public void run() {
        try {
            while (!stopping) {
                progress.tick(duty.name());
                pause(turn());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            giveBack();
            progress.ended(duty.name());
        }
    }

    /** Takes the lease or runs the duty; tells how long to wait then. */
    private Duration turn() throws InterruptedException {
        try {
            Held mine = held;
            if (mine == null || mine.lost()) {
                mine = take(mine == null ? Leases.NONE : mine.token);
                held = mine;
            }
            if (mine == null) {
                return heartbeat;
            }
            duty.run(mine);
            lastFailure = null;
            return duty.period();
        } catch (InterruptedException interrupted) {
            throw interrupted;
        } catch (Exception | LinkageError | AssertionError | StackOverflowError failure) {
            tell(failure);
            return duty.period().compareTo(AFTER_FAILURE) > 0 ? duty.period() : AFTER_FAILURE;
        }
    }

    private @Nullable Held take(long lost) {
        long before = System.nanoTime();
        OptionalLong token = leases.take(duty.name(), lost);
        return token.isEmpty()
                ? null
                : new Held(token.getAsLong(), before + leases.duration().toNanos());
    }

    private void tell(Throwable failure) {
        ErrorCode code = failure instanceof CodedException coded ? coded.code() : ErrorCode.INTERNAL;
        if (code == ErrorCode.LEASE_LOST) {
            Held mine = held;
            if (mine != null) {
                mine.lose();
            }
            return;
        }
        metrics.dutyFailed(code.code());
        String told = code + ": " + failure.getMessage();
        if (code == ErrorCode.INTERNAL) {
            LOG.errorf(failure, "Duty %s failed", duty.name());
        } else if (!told.equals(lastFailure)) {
            LOG.warnf("Duty %s failed: error_code=%s %s", duty.name(), code.code(), failure.getMessage());
        }
        lastFailure = told;
    }

    private void pause(Duration duration) throws InterruptedException {
        long until = System.nanoTime() + duration.toNanos();
        // In slices, so that a period of an hour does not look like a loop that hangs.
        for (long left = duration.toNanos(); left > 0 && !stopping; left = until - System.nanoTime()) {
            progress.tick(duty.name());
            if (woken.tryAcquire(Math.min(left, 10_000_000_000L), TimeUnit.NANOSECONDS)) {
                return;
            }
        }
    }

    private void giveBack() {
        Held mine = held;
        held = null;
        if (mine != null && !mine.lost()) {
            try {
                leases.release(duty.name(), mine.token);
            } catch (RuntimeException unreachable) {
                LOG.infof("Lease of duty %s runs out by itself: %s", duty.name(), unreachable.getMessage());
            }
        }
    }

    /** One tenure: a token, and how long it is known to hold without a further heartbeat. */
    final class Held implements Duty.Tenure {

        private final long token;
        private volatile long holdsUntil;
        private volatile boolean lost;

        private Held(long token, long holdsUntil) {
            this.token = token;
            this.holdsUntil = holdsUntil;
        }

        String name() {
            return duty.name();
        }

        void renewed(long until) {
            holdsUntil = until;
        }

        void lose() {
            if (!lost) {
                lost = true;
                metrics.leaseLost("duty");
                LOG.warnf("Duty %s lost its lease with token %d", duty.name(), token);
            }
        }

        boolean lost() {
            return lost || System.nanoTime() - holdsUntil > 0;
        }

        @Override
        public long token() {
            return token;
        }

        @Override
        public boolean over() {
            progress.tick(duty.name());
            return stopping || lost();
        }

        @Override
        public void verify(Handle tx) {
            progress.tick(duty.name());
            if (lost || !leases.holds(tx, duty.name(), token)) {
                lose();
                throw new CodedException(
                        ErrorCode.LEASE_LOST, "Token " + token + " of duty " + duty.name() + " does not hold any more");
            }
        }
    }
}
