package io.sluice.gateway.importing;

import static io.sluice.gateway.web.Wire.instantOrNull;
import static io.sluice.gateway.web.Wire.textOrNull;

import java.time.Instant;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import io.sluice.contract.ingest.v1.ImportJob;
import io.sluice.gateway.command.Tagged;

/**
 * A queued request to import one batch.
 *
 * @param state queued, running, done, failed or cancelled
 * @param priority lower runs first
 * @param force whether a batch that is imported already is done again
 * @param worker host/pid:N; null until it is claimed
 * @param itemsDone items that this job has decided or found decided
 * @param lastError why it failed, or what failed last in it
 * @param step preflight, primaries, covers, containers or finish; null unless it runs
 * @param tally items that this job has decided so far
 * @param skippedTerminal items that were decided before it began
 * @param stuck runs without a sign of life for 15 minutes, or waits while nothing takes it
 * @param version grows with every change of its state or step
 */
public record ImportJobRepresentation(
        @Schema(examples = "0199f0c3-2b51-7c0e-9d6a-4f2e8b1a7c90")
        String id,

        @Schema(examples = "37e428d2-a4f6-4a31-bacf-0c835fb24084")
        String syncId,

        @Schema(examples = "running") String state,
        @Schema(examples = "50") int priority,
        boolean force,
        @Schema(examples = "operator") @Nullable String requestedBy,
        @Nullable Instant queuedAt,
        @Nullable Instant claimedAt,
        @Nullable Instant heartbeatAt,
        @Nullable Instant finishedAt,
        @Schema(examples = "vultr/pid:410888") @Nullable String worker,
        @Schema(examples = "43") long itemsDone,
        @Schema(examples = "89") long itemsTotal,
        @Nullable String lastError,
        @Schema(examples = "covers") @Nullable String step,
        TallyRepresentation tally,
        long skippedTerminal,
        boolean stuck,
        @Schema(examples = "3") long version)
        implements Tagged {

    static ImportJobRepresentation of(ImportJob job) {
        return new ImportJobRepresentation(
                job.getJobId(),
                job.getSyncId(),
                job.getState(),
                job.getPriority(),
                job.getForce(),
                textOrNull(job.getRequestedBy()),
                instantOrNull(job.hasQueuedAt(), job.getQueuedAt()),
                instantOrNull(job.hasClaimedAt(), job.getClaimedAt()),
                instantOrNull(job.hasHeartbeatAt(), job.getHeartbeatAt()),
                instantOrNull(job.hasFinishedAt(), job.getFinishedAt()),
                textOrNull(job.getWorker()),
                job.getItemsDone(),
                job.getItemsTotal(),
                textOrNull(job.getLastError()),
                textOrNull(job.getStep()),
                TallyRepresentation.of(job.getTally()),
                job.getSkippedTerminal(),
                job.getStuck(),
                job.getVersion());
    }
}
