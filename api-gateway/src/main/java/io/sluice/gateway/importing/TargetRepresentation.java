package io.sluice.gateway.importing;

import java.util.ArrayList;
import java.util.List;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

import io.sluice.contract.ingest.v1.BatchItem;
import io.sluice.contract.ingest.v1.TargetIds;

/**
 * What an item became, or belongs to.
 *
 * @param label for a person: asset:‹short hash›, gallery:‹title›, collection:‹title›
 * @param kind asset, gallery or collection
 * @param id content hash of an asset, id of a container
 * @param url where it is answered
 */
public record TargetRepresentation(
        @Schema(examples = "asset:af1349b9f5f9a1a6") String label,
        @Schema(examples = "asset") String kind,

        @Schema(examples = "af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262")
        String id,

        String url) {

    private static final int SHORT = 16;

    static List<TargetRepresentation> of(BatchItem item) {
        TargetIds ids = item.getTarget();
        List<TargetRepresentation> targets = new ArrayList<>();
        if (!ids.getAssetId().isEmpty()) {
            String hash = ids.getAssetId();
            targets.add(new TargetRepresentation(
                    "asset:" + hash.substring(0, Math.min(SHORT, hash.length())),
                    "asset",
                    hash,
                    "/api/v1/assets/" + hash));
        }
        if (!ids.getGalleryId().isEmpty()) {
            targets.add(container("gallery", "galleries", ids.getGalleryId(), item));
        }
        if (!ids.getCollectionId().isEmpty()) {
            targets.add(container("collection", "collections", ids.getCollectionId(), item));
        }
        return targets;
    }

    private static TargetRepresentation container(String kind, String area, String id, BatchItem item) {
        String title = item.getTargetTitle().isEmpty() ? item.getTitle() : item.getTargetTitle();
        return new TargetRepresentation(
                kind + ":" + (title.isEmpty() ? id : title), kind, id, "/api/v1/" + area + "/" + id);
    }
}
