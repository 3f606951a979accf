package io.sluice.ingest.handover;

import java.util.Locale;

/** What was judged of a bundle's files. */
public enum Verdict {
    CONSUMABLE(BatchState.DISCOVERED),
    MANIFEST_MISSING(BatchState.WAITING),
    NOT_RELEASED(BatchState.WAITING),
    NOT_COMPLETED(BatchState.WAITING),
    BAD_NAME(BatchState.INVALID),
    NOT_VERIFIED(BatchState.INVALID),
    BAD_MANIFEST(BatchState.INVALID),
    /** Both files went away. */
    GONE(BatchState.WAITING),
    /** Not judged: the mount cannot be read now. Tried again by itself. */
    UNREADABLE(BatchState.WAITING);

    private final BatchState state;

    Verdict(BatchState state) {
        this.state = state;
    }

    /** Where it leaves a batch that no job has and that is not imported. */
    public BatchState state() {
        return state;
    }

    /** As it stands in the table and in answers. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Verdict ofWord(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
