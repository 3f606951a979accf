package io.sluice.ingest.ledger;

import java.util.Locale;

/** What can happen. */
public enum EventType {
    SCAN,
    PREFLIGHT,
    ITEM_CREATED,
    ITEM_LINKED,
    ITEM_UPDATED,
    ITEM_SKIPPED,
    ITEM_DEFERRED,
    ITEM_FAILED,
    IMPORT_FINISHED,
    JOB_QUEUED,
    JOB_CLAIMED,
    JOB_PROGRESS,
    JOB_REQUEUED,
    JOB_CANCELLED,
    JOB_FINISHED;

    /** As it stands in the table and on the topic. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
