package io.sluice.scanner.scan;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.sluice.scanner.library.Probe;

/**
 * What one tenure remembers of its library from scan to scan. Lost with the tenure, which is why the first scan of every
 * tenure is a full one.
 */
final class ScanMemory {

    /** Files of the last seconds before a scan may have been written after it looked. */
    static final Duration OVERLAP = Duration.ofSeconds(10);

    /** What a scan that ended well leaves behind. */
    record Last(String scanId, Probe.Passed root, Instant startedAt, KnownDirectories directories) {}

    private final long token;
    private @Nullable Last last;
    private long quickEndedNs;
    private long fullEndedNs;
    private boolean tried;
    private boolean fullDone;

    ScanMemory(long token) {
        this.token = token;
    }

    long token() {
        return token;
    }

    /** The last scan that ended well, if any of this tenure did. */
    Optional<Last> last() {
        return Optional.ofNullable(last);
    }

    /** Files whose newest time is this or later are looked at by a quick scan. */
    Optional<Instant> since() {
        return last().map(scan -> scan.startedAt().minus(OVERLAP));
    }

    /** Which scan the clock asks for: a full one until one ended well, none while the interval runs. */
    Optional<ScanKind> due(ScanConfig config) {
        long now = System.nanoTime();
        if (!tried) {
            return Optional.of(ScanKind.FULL);
        }
        if (now - quickEndedNs < config.quickInterval().toNanos()) {
            return Optional.empty();
        }
        boolean full = !fullDone || now - fullEndedNs >= config.fullInterval().toNanos();
        return Optional.of(full ? ScanKind.FULL : ScanKind.QUICK);
    }

    /** A scan ended, well or not: the interval runs again. */
    void tried() {
        tried = true;
        quickEndedNs = System.nanoTime();
    }

    /** A scan ended well. */
    void completed(ScanKind kind, Last scan) {
        last = scan;
        if (kind == ScanKind.FULL) {
            fullDone = true;
            fullEndedNs = System.nanoTime();
        }
    }
}
