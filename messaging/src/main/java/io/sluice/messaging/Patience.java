package io.sluice.messaging;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import org.jboss.logging.Logger;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.contract.ErrorKind;

/** Waits out an outage: what fails for lack of capacity is done again until it works, and nothing is counted (law 7). */
public final class Patience {

    private static final Logger LOG = Logger.getLogger(Patience.class);

    /** Short enough that a lane goes on soon after the outage, long enough not to burden what is coming up. */
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private static final Duration SHORTEST = Duration.ofMillis(100);

    private final Progress progress;
    private final MessagingMetrics metrics;
    private volatile boolean stopped;

    public Patience(Progress progress, MessagingMetrics metrics) {
        this.progress = progress;
        this.metrics = metrics;
    }

    /** Ends all waiting with {@code INTERRUPTED}, now and from now on. */
    public void stop() {
        stopped = true;
    }

    /** Whether the process is stopping. */
    public boolean stopped() {
        return stopped;
    }

    /**
     * Does the work, again after a pause (0.1 s growing to 5 s) each time that it fails with a CAPACITY code.
     *
     * @param who the loop that waits, for liveness, metrics and the log
     * @param hopeless ends the waiting with the failure itself
     * @throws CodedException {@code INTERRUPTED} when the process stops
     */
    public <T> T outlast(String who, BooleanSupplier hopeless, Supplier<T> work) {
        Duration pause = SHORTEST;
        try {
            while (true) {
                try {
                    return work.get();
                } catch (CodedException failure) {
                    if (failure.code().kind() != ErrorKind.CAPACITY || hopeless.getAsBoolean()) {
                        throw failure;
                    }
                    if (stopped) {
                        throw new CodedException(ErrorCode.INTERRUPTED, "The process stops", failure);
                    }
                    if (pause.equals(SHORTEST)) {
                        LOG.warnf(
                                "%s waits: error_code=%s %s",
                                who, failure.code().code(), failure.getMessage());
                        metrics.waits(who, true);
                    }
                }
                pause = sleep(who, pause);
            }
        } finally {
            if (!pause.equals(SHORTEST)) {
                metrics.waits(who, false);
                progress.ended(who);
            }
        }
    }

    /** As {@link #outlast(String, BooleanSupplier, Supplier)}, never hopeless, without a result. */
    public void outlast(String who, Runnable work) {
        outlast(who, () -> false, () -> {
            work.run();
            return true;
        });
    }

    private Duration sleep(String who, Duration pause) {
        progress.tick(who);
        try {
            Thread.sleep(pause);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CodedException(ErrorCode.INTERRUPTED, who + " was interrupted", interrupted);
        }
        Duration longer = pause.multipliedBy(2);
        return longer.compareTo(LONGEST) > 0 ? LONGEST : longer;
    }
}
