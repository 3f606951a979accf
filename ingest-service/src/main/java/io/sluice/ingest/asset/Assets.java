package io.sluice.ingest.asset;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import jakarta.enterprise.context.ApplicationScoped;

import org.jdbi.v3.core.Handle;

import io.sluice.ingest.identity.ContentHash;
import io.sluice.ingest.location.InList;

/** The table of assets. Everything that changes it locks its rows first, in the order of their hashes. */
@ApplicationScoped
class Assets {

    /** Locks the rows that there are of these. */
    Map<ContentHash, Asset> lock(Handle tx, Collection<ContentHash> hashes) {
        return read(tx, hashes, " FOR UPDATE");
    }

    /** The rows that there are of these. */
    Map<ContentHash, Asset> find(Handle handle, Collection<ContentHash> hashes) {
        return read(handle, hashes, "");
    }

    private static Map<ContentHash, Asset> read(Handle handle, Collection<ContentHash> hashes, String lock) {
        return InList.of(new TreeSet<>(hashes).stream().map(ContentHash::bytes).toList())
                .flatMap(list -> list
                        .bind(
                                handle.createQuery("SELECT " + AssetRows.COLUMNS
                                        + " FROM asset a FORCE INDEX (PRIMARY) WHERE a.content_hash IN ("
                                        + list.marks() + ") ORDER BY a.content_hash" + lock),
                                0)
                        .map((row, context) -> AssetRows.read(row))
                        .stream())
                .collect(Collectors.toMap(Asset::hash, Function.identity()));
    }

    Optional<Asset> find(Handle handle, ContentHash hash) {
        return handle.createQuery("SELECT " + AssetRows.COLUMNS + " FROM asset a WHERE a.content_hash = ?")
                .bind(0, hash.bytes())
                .map((row, context) -> AssetRows.read(row))
                .findOne();
    }

    /** Adds new ones; one that somebody else added a moment ago is a duplicate key, and the transaction starts over. */
    void insert(Handle tx, List<Asset> assets) {
        AssetRows.INSERT.write(tx, assets, AssetRows::values);
    }

    /** Writes locked ones. */
    void update(Handle tx, List<Asset> assets) {
        AssetRows.UPDATE.write(tx, assets, AssetRows::values);
    }

    /** The database's clock in microseconds since 1970: versions grow by it, so that a restored database never runs backwards. */
    long clock(Handle tx) {
        return tx.createQuery("SELECT CAST(UNIX_TIMESTAMP(NOW(6)) * 1000000 AS SIGNED)")
                .mapTo(Long.class)
                .one();
    }
}
