package io.sluice.ingest.asset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import jakarta.enterprise.context.ApplicationScoped;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import io.sluice.ingest.handover.BatchId;
import io.sluice.ingest.handover.ExternalHash;
import io.sluice.ingest.identity.ContentHash;
import io.sluice.ingest.location.FileStat;
import io.sluice.ingest.location.InList;
import io.sluice.ingest.location.RelativePath;
import io.sluice.messaging.ManyRows;

/** Keeps covers that come ready-made with their assets; of each asset one is shown, the one that came last. */
@ApplicationScoped
public class ProvideCovers {

    private static final ManyRows WRITE = new ManyRows(
            "INSERT INTO asset_cover (content_hash, cover_hash, batch_id, library_id, path, size, mtime_ns, ctime_ns,"
                    + " birth_time_ns, inode, current) VALUES",
            "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, TRUE)",
            """
            ON DUPLICATE KEY UPDATE batch_id = VALUES(batch_id), library_id = VALUES(library_id),
                path = VALUES(path), size = VALUES(size), mtime_ns = VALUES(mtime_ns), ctime_ns = VALUES(ctime_ns),
                birth_time_ns = VALUES(birth_time_ns), inode = VALUES(inode), current = TRUE""");

    private final Assets assets;
    private final SettleAssets settle;

    ProvideCovers(Assets assets, SettleAssets settle) {
        this.assets = assets;
        this.settle = settle;
    }

    /** @param path below the library's root */
    public record Cover(
            ContentHash asset,
            ExternalHash coverHash,
            BatchId batch,
            String libraryId,
            RelativePath path,
            FileStat stat) {}

    /** What became of it. */
    public enum Change {
        /** The first of its asset. */
        CREATED,
        /** Another was shown before, or this one with other bytes. */
        UPDATED,
        /** The same lies at another place; what is shown stays. */
        LINKED,
        SAME
    }

    private record Known(ExternalHash coverHash, BatchId batch, byte[] path, FileStat stat, boolean current) {

        boolean samePlaceAs(Cover cover) {
            return Arrays.equals(path, cover.path().bytes());
        }
    }

    private record Key(ContentHash asset, ExternalHash cover) implements Comparable<Key> {

        @Override
        public int compareTo(Key other) {
            int byAsset = asset.compareTo(other.asset);
            return byAsset != 0 ? byAsset : cover.compareTo(other.cover);
        }
    }

    /** Keeps covers of known assets in the caller's transaction and tells the assets again; one answer a cover, in order. */
    public List<Change> provide(Handle tx, List<Cover> covers) {
        Set<ContentHash> owners = new TreeSet<>();
        covers.forEach(cover -> owners.add(cover.asset()));
        // The asset's lock is the covers' lock: of two at once one is shown.
        assets.lock(tx, owners);
        Map<ContentHash, Map<ExternalHash, Known>> known = known(tx, owners);
        List<Change> changes = new ArrayList<>(covers.size());
        TreeMap<Key, Cover> shown = new TreeMap<>();
        Set<ContentHash> retold = new HashSet<>();
        for (Cover cover : covers) {
            Map<ExternalHash, Known> ofAsset = known.computeIfAbsent(cover.asset(), asset -> new HashMap<>());
            Change change = change(cover, ofAsset);
            changes.add(change);
            if (change == Change.CREATED || change == Change.UPDATED) {
                ofAsset.replaceAll((hash, one) -> new Known(hash, one.batch(), one.path(), one.stat(), false));
                ofAsset.put(
                        cover.coverHash(),
                        new Known(cover.coverHash(), cover.batch(), cover.path().bytes(), cover.stat(), true));
                shown.put(new Key(cover.asset(), cover.coverHash()), cover);
                retold.add(cover.asset());
            }
        }
        shown.keySet().removeIf(key -> {
            Known last = known.getOrDefault(key.asset(), Map.of()).get(key.cover());
            return last == null || !last.current();
        });
        write(tx, shown);
        settle.tellAgain(tx, retold);
        return changes;
    }

    private static Change change(Cover cover, Map<ExternalHash, Known> ofAsset) {
        @Nullable Known same = ofAsset.get(cover.coverHash());
        if (same != null && same.current()) {
            if (same.samePlaceAs(cover)) {
                return same.stat().equals(cover.stat()) ? Change.SAME : Change.UPDATED;
            }
            return same.stat().size() == cover.stat().size() ? Change.LINKED : Change.UPDATED;
        }
        return ofAsset.isEmpty() ? Change.CREATED : Change.UPDATED;
    }

    private static Map<ContentHash, Map<ExternalHash, Known>> known(Handle tx, Set<ContentHash> owners) {
        Map<ContentHash, Map<ExternalHash, Known>> known = new HashMap<>();
        InList.of(owners.stream().map(ContentHash::bytes).toList())
                .forEach(list -> list.bind(tx.createQuery("""
                                        SELECT content_hash, cover_hash, batch_id, path, size, mtime_ns, ctime_ns,
                                            birth_time_ns, inode, current
                                        FROM asset_cover FORCE INDEX (PRIMARY) WHERE content_hash IN (""" + list.marks() + ") FOR UPDATE"), 0)
                        .map((row, context) -> Map.entry(
                                ContentHash.of(row.getBytes("content_hash")),
                                new Known(
                                        ExternalHash.of(row.getBytes("cover_hash")),
                                        new BatchId(row.getLong("batch_id")),
                                        row.getBytes("path"),
                                        new FileStat(
                                                row.getLong("size"),
                                                row.getLong("mtime_ns"),
                                                row.getLong("ctime_ns"),
                                                row.getLong("birth_time_ns"),
                                                row.getLong("inode")),
                                        row.getBoolean("current"))))
                        .forEach(entry -> known.computeIfAbsent(entry.getKey(), asset -> new HashMap<>())
                                .put(entry.getValue().coverHash(), entry.getValue())));
        return known;
    }

    private static void write(Handle tx, TreeMap<Key, Cover> shown) {
        if (shown.isEmpty()) {
            return;
        }
        InList.of(shown.keySet().stream().map(key -> key.asset().bytes()).toList())
                .forEach(list -> list.bind(
                                tx.createUpdate("UPDATE asset_cover SET current = FALSE WHERE current"
                                        + " AND content_hash IN (" + list.marks() + ")"),
                                0)
                        .execute());
        WRITE.write(tx, List.copyOf(shown.values()), cover -> new Object[] {
            cover.asset().bytes(),
            cover.coverHash().bytes(),
            cover.batch().value(),
            cover.libraryId(),
            cover.path().bytes(),
            cover.stat().size(),
            cover.stat().mtimeNs(),
            cover.stat().ctimeNs(),
            cover.stat().birthTimeNs(),
            cover.stat().inode()
        });
    }
}
