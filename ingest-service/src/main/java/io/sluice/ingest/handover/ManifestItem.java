package io.sluice.ingest.handover;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.sluice.ingest.identity.ExternalHash;

/** An entry of a manifest as it stands there; {@link BatchItem} says what each part means. */
public record ManifestItem(
        int position,
        String assetType,
        String assetSubtype,
        ExternalHash externalHash,
        @Nullable ExternalHash parentHash,
        @Nullable ExternalHash coverHash,
        byte @Nullable [] path,
        @Nullable Long bytes,
        String mime,
        String title,
        byte @Nullable [] source,
        List<ExternalHash> members,
        Deliverables deliverables,
        @Nullable String extra) {

    public Wave wave() {
        return Wave.ofAssetType(assetType);
    }
}
