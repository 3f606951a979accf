package io.sluice.ingest.handover;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.sluice.contract.ErrorCode;
import io.sluice.ingest.identity.BatchId;
import io.sluice.ingest.identity.ContentHash;
import io.sluice.ingest.identity.ExternalHash;

/**
 * One manifest entry on its way.
 *
 * @param position from 0, as in the manifest
 * @param externalHash null only when the entry has none that can be read; such an item is failed by preflight
 * @param path bytes as the manifest says them, relative to the payload folder; null for containers. Never open it but by
 *     {@link PayloadFolder}
 * @param bytes size as claimed, null when unsaid
 * @param source folder of {@code source.json} and {@code data/}, as path; null for none
 * @param members external hashes of a container's members in order
 * @param extra fields of the entry that have no column, as JSON; null for none
 * @param decided null before preflight
 */
public record BatchItem(
        BatchId batch,
        int position,
        Wave wave,
        String assetType,
        String assetSubtype,
        @Nullable ExternalHash externalHash,
        @Nullable ExternalHash parentHash,
        @Nullable ExternalHash coverHash,
        byte @Nullable [] path,
        @Nullable Long bytes,
        String mime,
        String title,
        byte @Nullable [] source,
        List<ExternalHash> members,
        Deliverables deliverables,
        @Nullable String extra,
        @Nullable Decided decided,
        int attempts,
        Instant updatedAt) {

    /**
     * What became of it.
     *
     * @param jobId the job that decided it; null of preflight
     * @param error null unless failed or deferred
     * @param reason one sentence with the cure; empty when all is well
     */
    public record Decided(
            Decision decision,
            Decision.By by,
            @Nullable String jobId,
            @Nullable ContentHash targetAsset,
            @Nullable String targetContainer,
            @Nullable ErrorCode error,
            String reason) {

        /** What would be done. */
        public static Decided predicted(Decision decision) {
            return new Decided(decision, Decision.By.PREFLIGHT, null, null, null, null, "");
        }

        /** What would be done, and why it is no more. */
        public static Decided predicted(Decision decision, ErrorCode error, String reason) {
            return new Decided(decision, Decision.By.PREFLIGHT, null, null, null, error, reason);
        }
    }
}
