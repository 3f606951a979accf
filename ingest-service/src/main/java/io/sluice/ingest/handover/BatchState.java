package io.sluice.ingest.handover;

import java.util.Locale;
import java.util.Set;

/** Where a batch is on its way, and where it may go from there. */
public enum BatchState {
    DISCOVERED,
    INVALID,
    WAITING,
    PREFLIGHTED,
    QUEUED,
    IMPORTING,
    IMPORTED,
    PARTIAL,
    FAILED,
    SUPERSEDED;

    /** What a judgement of the bundle's files may lead to. */
    private static final Set<BatchState> JUDGED = Set.of(DISCOVERED, INVALID, WAITING, SUPERSEDED);

    /** Imported, at least in part: its bundle is not judged again. */
    public boolean settled() {
        return this == IMPORTED || this == PARTIAL;
    }

    /** A job has it: only that job moves it. */
    public boolean ofJob() {
        return this == QUEUED || this == IMPORTING;
    }

    /** Whether that is a step of the life cycle. */
    public boolean canBecome(BatchState next) {
        return switch (this) {
            case DISCOVERED, PREFLIGHTED, FAILED -> JUDGED.contains(next) || next == PREFLIGHTED || next == QUEUED;
            case INVALID, WAITING -> JUDGED.contains(next);
            // Cancelled, it is again what it was.
            case QUEUED ->
                next == IMPORTING || next == DISCOVERED || next == PREFLIGHTED || next == FAILED || next.settled();
            case IMPORTING -> next == QUEUED || next == FAILED || next.settled();
            case IMPORTED, PARTIAL -> next == QUEUED || next == SUPERSEDED;
            case SUPERSEDED -> false;
        };
    }

    /** As it stands in the table and in answers. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static BatchState ofWord(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
