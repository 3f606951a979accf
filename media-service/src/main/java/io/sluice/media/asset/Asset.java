package io.sluice.media.asset;

import java.util.List;

import io.sluice.contract.ingest.v1.AssetLifecycle;
import io.sluice.contract.ingest.v1.AssetState;
import io.sluice.contract.ingest.v1.MediaKind;

/**
 * An asset as ingest last told it.
 *
 * @param version grows with every record of it
 * @param size bytes
 * @param locations at most 100
 * @param provided renditions that were delivered ready-made, each name once
 */
public record Asset(
        ContentHash hash,
        long version,
        AssetLifecycle lifecycle,
        MediaKind kind,
        long size,
        List<AssetLocation> locations,
        List<ProvidedFile> provided) {

    /** @throws IllegalArgumentException when its hash is none */
    public static Asset of(AssetState told) {
        return new Asset(
                ContentHash.of(told.getContentHash()),
                told.getVersion(),
                told.getLifecycle(),
                told.getKind(),
                told.getSize(),
                told.getLocationsList().stream().map(AssetLocation::of).toList(),
                told.getProvidedRenditionsList().stream().map(ProvidedFile::of).toList());
    }

    public boolean live() {
        return lifecycle == AssetLifecycle.ASSET_LIFECYCLE_LIVE;
    }

    public boolean isVideo() {
        return kind == MediaKind.MEDIA_KIND_VIDEO;
    }

    /** Where its bytes are said to be now. */
    public List<AssetLocation> present() {
        return locations.stream().filter(AssetLocation::present).toList();
    }
}
