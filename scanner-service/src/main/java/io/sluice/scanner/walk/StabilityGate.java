package io.sluice.scanner.walk;

import java.time.Duration;
import java.time.Instant;

/**
 * Whether somebody may still be writing to a file: nobody is when its newest time is old enough by our clock, or (for
 * clocks that disagree, and times in the future) when it stood unchanged for as long.
 *
 * @param quiet how long nothing must have happened
 */
public record StabilityGate(Duration quiet) {

    public boolean passes(FileStat stat, Instant now) {
        return Duration.ofNanos(nanos(now) - stat.newestNs()).compareTo(quiet) >= 0;
    }

    /** @param before how it was seen at {@code then} */
    public boolean passes(FileStat stat, Instant now, FileStat before, Instant then) {
        return passes(stat, now)
                || (stat.sameAs(before) && Duration.between(then, now).compareTo(quiet) >= 0);
    }

    private static long nanos(Instant instant) {
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
    }
}
