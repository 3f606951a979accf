package io.sluice.ingest.asset;

import java.util.List;

import com.google.protobuf.util.Timestamps;

import io.sluice.contract.ingest.v1.AssetState;
import io.sluice.ingest.identity.ContentHash;
import io.sluice.ingest.location.FileLocation;

/** What is told of an asset: {@code AssetState}, at most 64 KB however many and long its paths are. */
final class AssetStates {

    static final int MAX_LOCATIONS = 100;

    /** 64 KB less what a record has besides locations (texts, hashes, containers, four provided renditions) and its headers. */
    private static final int LOCATION_BYTES = 36 * 1024;

    private AssetStates() {}

    /**
     * @param locations not displaced, in the order in which they are told; what is too much is left out
     */
    static AssetState of(Asset asset, List<FileLocation> locations, Belongings belongings) {
        AssetState.Builder state = AssetState.newBuilder()
                .setContentHash(asset.hash().toByteString())
                .setVersion(asset.version())
                .setLifecycle(asset.lifecycle())
                .setKind(asset.description().kind())
                .setMediaType(asset.description().mediaType())
                .setSubtype(asset.description().subtype())
                .setSize(asset.size())
                .setTakenAt(asset.description().taken().told())
                .setHeader(asset.description().header())
                .setLocationCount(asset.locationCount())
                .addAllContainerIds(belongings.containerIds())
                .addAllProvidedRenditions(belongings.provided())
                .setRegisteredAt(Timestamps.fromMillis(asset.registeredAt().toEpochMilli()));
        ContentHash supersededBy = asset.supersededBy();
        if (supersededBy != null) {
            state.setSupersededBy(supersededBy.toByteString());
        }
        int bytes = 0;
        for (FileLocation location : locations.subList(0, Math.min(MAX_LOCATIONS, locations.size()))) {
            io.sluice.contract.ingest.v1.FileLocation told = told(location);
            bytes += told.getSerializedSize() + 4;
            if (bytes > LOCATION_BYTES) {
                break;
            }
            state.addLocations(told);
        }
        return state.build();
    }

    static io.sluice.contract.ingest.v1.FileLocation told(FileLocation location) {
        return io.sluice.contract.ingest.v1.FileLocation.newBuilder()
                .setLibraryId(location.key().libraryId())
                .setFileId(location.key().fileId())
                .setPath(location.path().toByteString())
                .setStat(location.stat().told())
                .setSequence(location.sequence())
                .setPresent(location.present())
                .build();
    }
}
