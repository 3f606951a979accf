package io.sluice.scanner.scan;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A scan as its row has it.
 *
 * @param reason why it is void or interrupted, or what a completed one left open; else empty
 * @param finishedAt null while it runs
 */
public record ScanRun(
        String scanId,
        ScanKind kind,
        State state,
        String reason,
        Instant startedAt,
        @Nullable Instant finishedAt,
        long filesSeen,
        long filesTold,
        long directoriesUnreadable) {

    /** Where a scan stands. */
    public enum State {
        RUNNING,
        COMPLETED,
        /** The library was not provably there before or after: nothing was concluded. */
        VOID,
        /** Stopped, crashed or lost its lease: the next one does the work. */
        INTERRUPTED
    }
}
