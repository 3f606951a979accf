package io.sluice.media.asset;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import jakarta.enterprise.context.ApplicationScoped;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;

import io.sluice.contract.ingest.v1.AssetLifecycle;
import io.sluice.contract.ingest.v1.AssetState;
import io.sluice.contract.ingest.v1.FileLocation;
import io.sluice.contract.ingest.v1.MediaKind;

/** The table of assets; the newest version told wins, in whatever order they come. */
@ApplicationScoped
public class Assets {

    /** For planning: which of those that are told are news. */
    public static final String VERSIONS =
            "SELECT content_hash, version FROM asset WHERE content_hash IN (<hashes>) ORDER BY content_hash FOR UPDATE";

    private static final String COLUMNS = "SELECT content_hash, version, lifecycle, kind, size, locations FROM asset ";

    /** For planning all again after a release with other recipes; by primary key. */
    public static final String PAGE =
            COLUMNS + "WHERE content_hash > :after ORDER BY content_hash LIMIT :limit FOR UPDATE";

    private static final String LIFECYCLE = "ASSET_LIFECYCLE_";
    private static final String KIND = "MEDIA_KIND_";

    /**
     * Stores what is newer than what is known, and locks those rows.
     *
     * @return what is stored now and was news, by content hash; never what somebody overtook
     */
    public List<Asset> learn(Handle tx, Collection<Asset> told) {
        if (told.isEmpty()) {
            return List.of();
        }
        List<Asset> ordered =
                told.stream().sorted(Comparator.comparing(Asset::hash)).toList();
        Map<ContentHash, Long> known = versions(tx, ordered);
        List<Asset> newer = ordered.stream()
                .filter(asset -> asset.version() > known.getOrDefault(asset.hash(), 0L))
                .toList();
        if (newer.isEmpty()) {
            return List.of();
        }
        store(tx, newer);
        // A row that was not there could not be locked: another may have inserted a newer version before us.
        Map<ContentHash, Long> stored = versions(tx, newer);
        return newer.stream()
                .filter(asset -> Objects.equals(asset.version(), stored.get(asset.hash())))
                .toList();
    }

    private static Map<ContentHash, Long> versions(Handle tx, List<Asset> assets) {
        return tx
                .createQuery(VERSIONS)
                .bindList(
                        "hashes",
                        ContentHash.inOrder(assets.stream().map(Asset::hash).toList()))
                .map((row, context) -> Map.entry(ContentHash.of(row.getBytes("content_hash")), row.getLong("version")))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static void store(Handle tx, List<Asset> newer) {
        // Two that insert the same hash at once meet here; every column asks for the version of before.
        try (PreparedBatch batch = tx.prepareBatch("""
                INSERT INTO asset (content_hash, version, lifecycle, kind, size, locations)
                VALUES (?, ?, ?, ?, ?, ?)
                ON DUPLICATE KEY UPDATE
                    lifecycle = IF(VALUES(version) > version, VALUES(lifecycle), lifecycle),
                    kind = IF(VALUES(version) > version, VALUES(kind), kind),
                    size = IF(VALUES(version) > version, VALUES(size), size),
                    locations = IF(VALUES(version) > version, VALUES(locations), locations),
                    version = GREATEST(version, VALUES(version))""")) {
            newer.forEach(asset -> batch.add(
                    asset.hash().bytes(),
                    asset.version(),
                    stored(asset.lifecycle()),
                    stored(asset.kind()),
                    asset.size(),
                    files(asset)));
            batch.execute();
        }
    }

    /** Takes out what was purged. */
    public void forget(Handle tx, Collection<ContentHash> hashes) {
        if (!hashes.isEmpty()) {
            tx.createUpdate("DELETE FROM asset WHERE content_hash IN (<hashes>)")
                    .bindList("hashes", ContentHash.inOrder(hashes))
                    .execute();
        }
    }

    public Optional<Asset> find(Handle handle, ContentHash hash) {
        return find(handle, hash, "");
    }

    /** As {@link #find}, locked until the transaction ends. */
    public Optional<Asset> lock(Handle tx, ContentHash hash) {
        return find(tx, hash, " FOR UPDATE");
    }

    private static Optional<Asset> find(Handle handle, ContentHash hash, String locking) {
        return handle.createQuery(COLUMNS + "WHERE content_hash = :hash" + locking)
                .bind("hash", hash.bytes())
                .map((row, context) -> read(row))
                .findOne();
    }

    /** The next ones by content hash, locked until the transaction ends. */
    public List<Asset> lockPage(Handle tx, byte[] after, int limit) {
        return tx.createQuery(PAGE)
                .bind("after", after)
                .bind("limit", limit)
                .map((row, context) -> read(row))
                .list();
    }

    private static Asset read(ResultSet row) throws SQLException {
        AssetState files = files(row.getBytes("locations"));
        return new Asset(
                ContentHash.of(row.getBytes("content_hash")),
                row.getLong("version"),
                AssetLifecycle.valueOf(LIFECYCLE + row.getString("lifecycle").toUpperCase(Locale.ROOT)),
                kind(row.getString("kind")),
                row.getLong("size"),
                files.getLocationsList().stream().map(AssetLocation::of).toList(),
                files.getProvidedRenditionsList().stream().map(ProvidedFile::of).toList());
    }

    private static String stored(AssetLifecycle lifecycle) {
        return switch (lifecycle) {
            case ASSET_LIFECYCLE_LIVE, ASSET_LIFECYCLE_SUPERSEDED, ASSET_LIFECYCLE_TOMBSTONED ->
                lifecycle.name().substring(LIFECYCLE.length()).toLowerCase(Locale.ROOT);
            case ASSET_LIFECYCLE_UNSPECIFIED, UNRECOGNIZED ->
                throw new IllegalArgumentException("An asset without a lifecycle that this release knows");
        };
    }

    private static String stored(MediaKind kind) {
        return switch (kind) {
            case MEDIA_KIND_IMAGE, MEDIA_KIND_VIDEO, MEDIA_KIND_AUDIO, MEDIA_KIND_DOCUMENT ->
                kind.name().substring(KIND.length()).toLowerCase(Locale.ROOT);
            case MEDIA_KIND_UNSPECIFIED, UNRECOGNIZED -> "unknown";
        };
    }

    private static MediaKind kind(String stored) {
        return stored.equals("unknown")
                ? MediaKind.MEDIA_KIND_UNSPECIFIED
                : MediaKind.valueOf(KIND + stored.toUpperCase(Locale.ROOT));
    }

    private static byte[] files(Asset asset) {
        AssetState.Builder state = AssetState.newBuilder();
        for (AssetLocation location : asset.locations()) {
            state.addLocations(FileLocation.newBuilder()
                    .setLibraryId(location.libraryId())
                    .setPath(ByteString.copyFrom(location.path()))
                    .setStat(location.stat())
                    .setPresent(location.present()));
        }
        asset.provided().forEach(file -> state.addProvidedRenditions(file.message()));
        return state.build().toByteArray();
    }

    private static AssetState files(byte[] stored) {
        try {
            return AssetState.parseFrom(stored);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("Stored locations that cannot be read", e);
        }
    }
}
