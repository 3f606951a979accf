package io.sluice.ingest.importjob;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.sluice.ingest.handover.Tally;
import io.sluice.ingest.identity.BatchId;

/**
 * A queued request to import one batch.
 *
 * @param id UUID text
 * @param forced import again what is imported already
 * @param worker {@code host/pid:N}, empty before it was claimed
 * @param token grows at every claim; what a coordinator writes carries it
 * @param step of its run; empty unless it runs
 * @param attempted whether items of it were ever put up: then it cannot be cancelled any more
 * @param vanished coordinators that died over it
 * @param tally of a finished one
 * @param version grows with every change of its state or step
 */
record Job(
        String id,
        BatchId batch,
        JobState state,
        int priority,
        boolean forced,
        String requestedBy,
        Instant queuedAt,
        @Nullable Instant claimedAt,
        @Nullable Instant finishedAt,
        String worker,
        long token,
        String step,
        boolean attempted,
        int vanished,
        long skippedTerminal,
        long itemsTotal,
        long itemsDone,
        Tally tally,
        String lastError,
        long version) {}
