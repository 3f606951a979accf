package io.sluice.media.rendition;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import jakarta.enterprise.context.ApplicationScoped;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

import io.sluice.media.asset.Asset;
import io.sluice.media.asset.AssetLocation;
import io.sluice.media.asset.ContentHash;

/**
 * The table of live videos by library, with the state of their stream: kept in the transactions that change an asset or a
 * stream's row, so that counting is reading an index.
 */
@ApplicationScoped
public class VideoLibraries {

    /** For planning: where these were known to lie; by primary key. */
    static final String KNOWN =
            "SELECT content_hash, library_id FROM video_library WHERE content_hash IN (<hashes>) FOR UPDATE";

    /** After a stream's row changed: the best of delivered and made; both tables by primary key. */
    static final String REFRESH = """
            UPDATE video_library v SET v.state = COALESCE((
                SELECT r.lifecycle FROM rendition r WHERE r.content_hash = v.content_hash AND r.name = 'hls'
                ORDER BY FIELD(r.lifecycle, 'ready', 'pending', 'failed', 'unsupported') LIMIT 1), 'pending')
            WHERE v.content_hash IN (<hashes>)""";

    /** For the counts of each library: index video_library_count alone. */
    static final String COUNT_BY_LIBRARY =
            "SELECT library_id, state, COUNT(*) AS videos FROM video_library GROUP BY library_id, state";

    /** For the sum: each content hash once, as all its rows have one state; index video_library_sum alone. */
    static final String COUNT_ALL =
            "SELECT state, COUNT(DISTINCT content_hash) AS videos FROM video_library GROUP BY state";

    private record Place(ContentHash hash, String libraryId) {

        private static final Comparator<Place> ORDER =
                Comparator.comparing(Place::hash).thenComparing(Place::libraryId);
    }

    /** Has these assets counted where they lie now, or not at all. Lock their stream's rows first. */
    public void keep(Handle tx, Collection<Asset> assets) {
        if (assets.isEmpty()) {
            return;
        }
        Set<Place> wanted = new HashSet<>();
        assets.stream().filter(asset -> asset.live() && asset.isVideo()).forEach(asset -> asset.locations().stream()
                .map(AssetLocation::libraryId)
                .forEach(library -> wanted.add(new Place(asset.hash(), library))));
        Set<Place> known = known(tx, assets.stream().map(Asset::hash).toList());
        List<Place> added = ordered(wanted, known);
        change(
                tx,
                "INSERT IGNORE INTO video_library (content_hash, library_id, state) VALUES (?, ?, 'pending')",
                added);
        change(tx, "DELETE FROM video_library WHERE content_hash = ? AND library_id = ?", ordered(known, wanted));
        if (!added.isEmpty()) {
            try (PreparedBatch batch =
                    tx.prepareBatch("INSERT IGNORE INTO library_with_videos (library_id) VALUES (?)")) {
                added.stream().map(Place::libraryId).distinct().sorted().forEach(batch::add);
                batch.execute();
            }
            refresh(tx, added.stream().map(Place::hash).toList());
        }
    }

    /** What was purged is counted no more. */
    public void forget(Handle tx, Collection<ContentHash> hashes) {
        if (!hashes.isEmpty()) {
            tx.createUpdate("DELETE FROM video_library WHERE content_hash IN (<hashes>)")
                    .bindList("hashes", ContentHash.inOrder(hashes))
                    .execute();
        }
    }

    /** Reads the state of these videos' streams again; their rows were changed in this transaction. */
    void refresh(Handle tx, Collection<ContentHash> hashes) {
        if (!hashes.isEmpty()) {
            tx.createUpdate(REFRESH)
                    .bindList("hashes", ContentHash.inOrder(hashes))
                    .execute();
        }
    }

    private static Set<Place> known(Handle tx, Collection<ContentHash> hashes) {
        return new HashSet<>(tx.createQuery(KNOWN)
                .bindList("hashes", ContentHash.inOrder(hashes))
                .map((row, context) ->
                        new Place(ContentHash.of(row.getBytes("content_hash")), row.getString("library_id")))
                .list());
    }

    private static List<Place> ordered(Set<Place> all, Set<Place> but) {
        List<Place> rest = new ArrayList<>(all);
        rest.removeAll(but);
        rest.sort(Place.ORDER);
        return rest;
    }

    private static void change(Handle tx, String sql, List<Place> places) {
        if (!places.isEmpty()) {
            try (PreparedBatch batch = tx.prepareBatch(sql)) {
                places.forEach(place -> batch.add(place.hash().bytes(), place.libraryId()));
                batch.execute();
            }
        }
    }
}
