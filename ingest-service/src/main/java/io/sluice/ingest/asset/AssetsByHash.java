package io.sluice.ingest.asset;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jakarta.enterprise.context.ApplicationScoped;

import org.jdbi.v3.core.Handle;

import io.sluice.contract.ingest.v1.AssetState;
import io.sluice.ingest.identity.ContentHash;
import io.sluice.ingest.location.FileLocation;
import io.sluice.ingest.location.Locations;
import io.sluice.ingest.location.Standing;

/** Assets as they are told, for those who know their hashes; one statement a table. */
@ApplicationScoped
public class AssetsByHash {

    private final Assets assets;
    private final Locations locations;

    AssetsByHash(Assets assets, Locations locations) {
        this.assets = assets;
        this.locations = locations;
    }

    /** In the order asked; one that is asked twice is given twice, one that is no asset is left out. */
    public List<AssetState> states(Handle handle, List<ContentHash> hashes) {
        Map<ContentHash, Asset> found = assets.find(handle, hashes);
        Map<ContentHash, List<FileLocation>> places = placesOf(handle, List.copyOf(found.values()));
        Map<ContentHash, Belongings> belongings = Belongings.of(handle, found.keySet());
        List<AssetState> states = new ArrayList<>();
        for (ContentHash hash : hashes) {
            Asset asset = found.get(hash);
            if (asset != null) {
                states.add(AssetStates.of(
                        asset, places.getOrDefault(hash, List.of()), belongings.getOrDefault(hash, Belongings.NONE)));
            }
        }
        return states;
    }

    /** Of assets of few locations all, of a crowd the first. */
    Map<ContentHash, List<FileLocation>> placesOf(Handle handle, List<Asset> of) {
        Map<ContentHash, List<FileLocation>> found = new HashMap<>();
        List<ContentHash> few = new ArrayList<>();
        for (Asset asset : of) {
            if (asset.locationCount() <= AssetStates.MAX_LOCATIONS) {
                few.add(asset.hash());
            } else {
                found.put(asset.hash(), locations.page(handle, asset.hash(), null, AssetStates.MAX_LOCATIONS));
            }
        }
        for (FileLocation location : locations.ofAssets(handle, few)) {
            ContentHash content = location.content();
            if (content != null && location.standing() != Standing.DISPLACED) {
                found.computeIfAbsent(content, hash -> new ArrayList<>()).add(location);
            }
        }
        return found;
    }
}
