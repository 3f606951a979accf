package io.sluice.ingest.importjob;

import java.util.List;
import java.util.Locale;

/** Where an import job is on its way. */
public enum JobState {
    QUEUED,
    RUNNING,
    DONE,
    FAILED,
    CANCELLED;

    /** In the order of lists: what runs, what waits, what is over. */
    static final List<List<JobState>> SHOWN =
            List.of(List.of(RUNNING), List.of(QUEUED), List.of(DONE, FAILED, CANCELLED));

    /** Queued or running: a batch has at most one such job. */
    boolean active() {
        return this == QUEUED || this == RUNNING;
    }

    /** As it stands in the table and in answers. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static JobState ofWord(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
