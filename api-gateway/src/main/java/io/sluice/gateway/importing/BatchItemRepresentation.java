package io.sluice.gateway.importing;

import static io.sluice.gateway.web.Wire.instantOrNull;
import static io.sluice.gateway.web.Wire.textOrNull;

import java.time.Instant;
import java.util.List;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import io.sluice.contract.ingest.v1.BatchItem;
import io.sluice.gateway.web.PathText;

/**
 * One manifest entry on its way.
 *
 * @param position from 0, as in the manifest
 * @param externalHash the manifest's asset_hash: 32 hex digits that the upstream gives
 * @param parentHash of a cover: the external hash of the asset it belongs to
 * @param coverHash null unless the manifest bundles a cover with this entry
 * @param path below the payload folder; null for containers
 * @param pathB64 the exact bytes, only when they are not UTF-8
 * @param bytes as the manifest claims
 * @param decision created, linked, updated, skipped, deferred or failed; null before preflight
 * @param decidedBy preflight (what would be done) or import (what was done)
 * @param targets what it became; a cover's is its parent
 * @param lastError why it is failed or deferred, with the cure
 * @param workState waiting, running or given_up while there is work on it
 */
public record BatchItemRepresentation(
        int position,
        @Schema(examples = "photo") String assetType,
        @Nullable String assetSubtype,

        @Schema(examples = "991584e1827997306fbe0523d2184f9f") @Nullable
        String externalHash,

        @Nullable String parentHash,
        @Nullable String coverHash,
        @Nullable String path,
        @Nullable String pathB64,
        long bytes,
        @Schema(examples = "image/jpeg") @Nullable String mime,
        @Nullable String title,
        @Schema(examples = "created") @Nullable String decision,
        @Schema(examples = "import") @Nullable String decidedBy,
        List<TargetRepresentation> targets,
        @Nullable String errorCode,
        @Nullable String lastError,
        int attempts,
        @Nullable Instant updatedAt,
        @Nullable String workState) {

    static BatchItemRepresentation of(BatchItem item) {
        PathText path = PathText.of(item.getPath());
        return new BatchItemRepresentation(
                item.getPosition(),
                item.getAssetType(),
                textOrNull(item.getAssetSubtype()),
                textOrNull(item.getExternalHash()),
                textOrNull(item.getParentHash()),
                textOrNull(item.getCoverHash()),
                textOrNull(path.text()),
                path.base64(),
                item.getBytes(),
                textOrNull(item.getMime()),
                textOrNull(item.getTitle()),
                textOrNull(item.getDecision()),
                textOrNull(item.getDecidedBy()),
                TargetRepresentation.of(item),
                textOrNull(item.getErrorCode()),
                textOrNull(item.getLastError()),
                item.getAttempts(),
                instantOrNull(item.hasUpdatedAt(), item.getUpdatedAt()),
                textOrNull(item.getWorkState()));
    }
}
