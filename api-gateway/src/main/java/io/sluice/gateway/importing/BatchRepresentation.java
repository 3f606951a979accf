package io.sluice.gateway.importing;

import static io.sluice.gateway.web.Wire.instantOrNull;
import static io.sluice.gateway.web.Wire.textOrNull;

import java.time.Instant;
import java.util.HexFormat;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import io.sluice.contract.ingest.v1.BatchView;

/**
 * A batch in a list: our record of one handover bundle.
 *
 * @param state discovered, invalid, waiting, preflighted, queued, importing, imported, partial, failed or superseded
 * @param verdict consumable, or why it is not: manifest_missing, not_released, not_completed, bad_name, not_verified,
 *     bad_manifest, gone, unreadable
 * @param reason one sentence with the cure; null when consumable
 * @param pointer JSON pointer into a bad manifest
 * @param itemCount as the manifest claims
 * @param totalBytes as the manifest claims, of the whole payload
 * @param manifestSha256 of the manifest's bytes as they were judged, 64 hex digits; null until they were read
 * @param startedAt when its import began
 * @param completedAt when its import ended
 * @param seenAt when it was last looked at on the mount
 * @param tally items by decision: of preflight until an import has decided them
 * @param activeJob the job that is queued or runs
 * @param lastError of the most recent job that failed items, or failed itself
 * @param needsHand a person should look at it
 * @param version grows with every change of its state, verdict, manifest or preflight
 */
public record BatchRepresentation(
        @Schema(examples = "37e428d2-a4f6-4a31-bacf-0c835fb24084")
        String syncId,

        @Schema(examples = "0199f0c1-7a3e-7d4c-9f65-3c1f0a6e8b13")
        String libraryId,

        @Schema(examples = "Cloud sync") String libraryName,
        @Schema(examples = "imported") String state,
        @Schema(examples = "consumable") String verdict,
        @Nullable String reason,
        @Nullable String pointer,
        @Schema(examples = "gallery") @Nullable String syncType,
        @Schema(examples = "import") @Nullable String action,
        @Schema(examples = "89") long itemCount,
        @Schema(examples = "15655459226") long totalBytes,
        @Schema(examples = "flux-1") @Nullable String sourceHost,
        @Nullable String manifestSha256,
        @Nullable Instant startedAt,
        @Nullable Instant completedAt,
        @Nullable Instant seenAt,
        TallyRepresentation tally,
        @Nullable ImportJobRepresentation activeJob,
        @Nullable String lastError,
        @Nullable Instant stateSince,
        boolean needsHand,
        @Schema(examples = "4") long version) {

    static BatchRepresentation of(BatchView batch) {
        return new BatchRepresentation(
                batch.getSyncId(),
                batch.getLibraryId(),
                batch.getLibraryName(),
                batch.getState(),
                batch.getVerdict(),
                textOrNull(batch.getReason()),
                textOrNull(batch.getPointer()),
                textOrNull(batch.getSyncType()),
                textOrNull(batch.getAction()),
                batch.getItemCount(),
                batch.getTotalBytes(),
                textOrNull(batch.getSourceHost()),
                textOrNull(HexFormat.of().formatHex(batch.getManifestSha256().toByteArray())),
                instantOrNull(batch.hasStartedAt(), batch.getStartedAt()),
                instantOrNull(batch.hasCompletedAt(), batch.getCompletedAt()),
                instantOrNull(batch.hasSeenAt(), batch.getSeenAt()),
                TallyRepresentation.of(batch.getTally()),
                batch.hasActiveJob() ? ImportJobRepresentation.of(batch.getActiveJob()) : null,
                textOrNull(batch.getLastError()),
                instantOrNull(batch.hasStateSince(), batch.getStateSince()),
                batch.getNeedsHand(),
                batch.getVersion());
    }
}
