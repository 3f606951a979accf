package io.sluice.gateway.importing;

import static io.sluice.gateway.web.Wire.instantOrNull;
import static io.sluice.gateway.web.Wire.textOrNull;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonUnwrapped;

import io.sluice.contract.ingest.v1.BatchDetail;
import io.sluice.contract.ingest.v1.ManifestSummary;
import io.sluice.gateway.command.Tagged;

/**
 * Everything about one batch but its lists.
 *
 * @param manifest what the sender says; null until it could be read
 * @param warnings what looks odd and stops nothing
 * @param jobCount length of …/jobs
 * @param listedItemCount length of …/items
 */
public record BatchDetailRepresentation(
        @JsonUnwrapped BatchRepresentation batch,
        @Nullable Manifest manifest,
        List<String> warnings,
        long jobCount,
        long listedItemCount)
        implements Tagged {

    /** Stands among the fields of the batch already. */
    @Override
    @JsonIgnore
    public long version() {
        return batch.version();
    }

    /**
     * What the sender says.
     *
     * @param priorSyncId the bundle that this one supersedes; null for none
     * @param supersededBy the bundle that supersedes this one; null for none
     */
    public record Manifest(
            @Nullable Instant createdAt,
            @Nullable Instant completedAt,
            Verification verification,
            @Nullable String priorSyncId,
            @Nullable String supersededBy) {}

    /** @param totalFiles of the whole payload; it may have more files than items */
    public record Verification(boolean passed, long totalFiles) {}

    static BatchDetailRepresentation of(BatchDetail detail) {
        return new BatchDetailRepresentation(
                BatchRepresentation.of(detail.getBatch()),
                detail.hasManifest() ? manifest(detail.getManifest()) : null,
                detail.getWarningsList(),
                detail.getJobs(),
                detail.getItems());
    }

    private static Manifest manifest(ManifestSummary summary) {
        return new Manifest(
                instantOrNull(summary.hasCreatedAt(), summary.getCreatedAt()),
                instantOrNull(summary.hasCompletedAt(), summary.getCompletedAt()),
                new Verification(summary.getVerificationPassed(), summary.getVerificationTotalFiles()),
                textOrNull(summary.getPriorSyncId()),
                textOrNull(summary.getSupersededBy()));
    }
}
