package io.sluice.scanner.scan;

import java.time.Duration;

/** Tells from outside whether a look at the file system comes back. */
final class ScanWatch {

    private static final long NOT_LOOKING = 0;

    private volatile long lastSign = NOT_LOOKING;

    /** The file system is asked, or it answered. */
    void sign() {
        long now = System.nanoTime();
        lastSign = now == NOT_LOOKING ? 1 : now;
    }

    /** The file system is not waited for any more. */
    void away() {
        lastSign = NOT_LOOKING;
    }

    boolean silentFor(Duration limit) {
        long sign = lastSign;
        return sign != NOT_LOOKING && System.nanoTime() - sign > limit.toNanos();
    }
}
