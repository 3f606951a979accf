package io.sluice.ingest.asset;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jakarta.enterprise.context.ApplicationScoped;

import org.jdbi.v3.core.Handle;

import io.sluice.contract.ingest.v1.AssetLifecycle;
import io.sluice.contract.ingest.v1.AssetState;
import io.sluice.contract.ingest.v1.ListAssetsRequest;
import io.sluice.contract.ingest.v1.ListAssetsResponse;
import io.sluice.ingest.asset.AssetCursor.Place;
import io.sluice.ingest.identity.ContentHash;
import io.sluice.ingest.location.FileLocation;

/** Lists live assets, newest taken first, then by hash. Every combination of filters reads one index in its order. */
@ApplicationScoped
class AssetPages {

    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 500;

    /** A page ends before it is larger than a gRPC message may be (4 MiB); its cursor goes on from there. */
    private static final int MAX_BYTES = 3 << 20;

    private final AssetsByHash byHash;

    AssetPages(AssetsByHash byHash) {
        this.byHash = byHash;
    }

    ListAssetsResponse list(Handle handle, ListAssetsRequest request) {
        AssetFilter filter = AssetFilter.of(request);
        Place from = AssetCursor.read(filter, request.getCursor());
        int limit = request.getLimit() == 0 ? DEFAULT_LIMIT : Math.clamp(request.getLimit(), 1, MAX_LIMIT);
        List<Asset> assets = page(handle, filter, from, limit + 1);
        Map<ContentHash, List<FileLocation>> places = byHash.placesOf(handle, assets);
        Map<ContentHash, Belongings> belongings =
                Belongings.of(handle, assets.stream().map(Asset::hash).toList());
        ListAssetsResponse.Builder page = ListAssetsResponse.newBuilder();
        int bytes = 0;
        for (Asset asset : assets) {
            AssetState state = AssetStates.of(
                    asset,
                    places.getOrDefault(asset.hash(), List.of()),
                    belongings.getOrDefault(asset.hash(), Belongings.NONE));
            bytes += state.getSerializedSize();
            int told = page.getAssetsCount();
            if (told == limit || (told > 0 && bytes > MAX_BYTES)) {
                return page.setNextCursor(AssetCursor.write(filter, Place.of(assets.get(told - 1))))
                        .build();
            }
            page.addAssets(state);
        }
        return page.build();
    }

    /**
     * What comes behind a place: first the rest of its moment, then what was taken before. Two statements of one range each,
     * because of both ranges in one the server may read the whole list: it takes the sum of two guesses for more than that.
     */
    private enum Behind {
        OF_THAT_MOMENT("%1$s.newest = :newest AND %1$s.content_hash > :hash"),
        TAKEN_BEFORE("%1$s.newest > :newest");

        private final String range;

        Behind(String range) {
            this.range = range;
        }

        /** The statement of a filter; its index is named, because the choice must not hang on statistics. */
        String sql(AssetFilter filter) {
            boolean library = filter.libraryId() != null;
            String index = filter.kind() != null ? "by_kind" : "by_taken";
            String row = library ? "s" : "a";
            return "SELECT " + AssetRows.COLUMNS + " FROM "
                    + (library
                            ? "asset_library s FORCE INDEX (" + index
                                    + ") STRAIGHT_JOIN asset a ON a.content_hash = s.content_hash WHERE s.library_id = :library"
                            : "asset a FORCE INDEX (" + index + ") WHERE a.lifecycle = :live")
                    + (filter.kind() != null ? " AND " + row + ".kind = :kind" : "")
                    + (" AND " + range
                                    + " AND %1$s.newest <= :end ORDER BY %1$s.newest, %1$s.content_hash LIMIT :limit")
                            .formatted(row);
        }
    }

    private static List<Asset> page(Handle handle, AssetFilter filter, Place from, int limit) {
        List<Asset> page = new ArrayList<>();
        for (Behind behind : Behind.values()) {
            if (page.size() < limit) {
                page.addAll(part(handle, filter, from, behind, limit - page.size()));
            }
        }
        return page;
    }

    private static List<Asset> part(Handle handle, AssetFilter filter, Place from, Behind behind, int limit) {
        var query = handle.createQuery(behind.sql(filter))
                .bind("newest", from.newest())
                .bind("hash", from.hash())
                .bind("end", filter.end())
                .bind("limit", limit);
        if (filter.libraryId() != null) {
            query.bind("library", filter.libraryId());
        } else {
            query.bind("live", AssetLifecycle.ASSET_LIFECYCLE_LIVE.getNumber());
        }
        if (filter.kind() != null) {
            query.bind("kind", filter.kind().getNumber());
        }
        return query.map((row, context) -> AssetRows.read(row)).list();
    }
}
