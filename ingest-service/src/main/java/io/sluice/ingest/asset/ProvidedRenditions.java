package io.sluice.ingest.asset;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import jakarta.enterprise.context.ApplicationScoped;

import org.jdbi.v3.core.Handle;

import io.sluice.ingest.asset.ProvideRenditions.Provided;
import io.sluice.ingest.identity.ContentHash;
import io.sluice.ingest.identity.ExternalHash;
import io.sluice.ingest.location.FileStat;
import io.sluice.ingest.location.InList;
import io.sluice.messaging.ManyRows;

/** The table of what came ready-made with assets. */
@ApplicationScoped
class ProvidedRenditions {

    private static final ManyRows WRITE = new ManyRows(
            "INSERT INTO asset_provided (content_hash, name, source_hash, batch_id, library_id, path, size, mtime_ns,"
                    + " ctime_ns, birth_time_ns, inode, current) VALUES",
            "(" + "?, ".repeat(11) + "TRUE)",
            """
            ON DUPLICATE KEY UPDATE batch_id = VALUES(batch_id), library_id = VALUES(library_id),
                path = VALUES(path), size = VALUES(size), mtime_ns = VALUES(mtime_ns), ctime_ns = VALUES(ctime_ns),
                birth_time_ns = VALUES(birth_time_ns), inode = VALUES(inode), current = TRUE""");

    /** What an asset has one of. */
    record Slot(ContentHash asset, String name) implements Comparable<Slot> {

        @Override
        public int compareTo(Slot other) {
            int byAsset = asset.compareTo(other.asset);
            return byAsset != 0 ? byAsset : name.compareTo(other.name);
        }
    }

    record Key(Slot slot, ExternalHash source) implements Comparable<Key> {

        @Override
        public int compareTo(Key other) {
            int bySlot = slot.compareTo(other.slot);
            return bySlot != 0 ? bySlot : source.compareTo(other.source);
        }
    }

    /** @param current whether it is the one that is told */
    record Known(byte[] path, FileStat stat, boolean current) {

        boolean is(Provided one) {
            return Arrays.equals(path, one.path().bytes()) && stat.equals(one.stat());
        }

        /** Elsewhere, and of the same size. */
        boolean twinOf(Provided one) {
            return !Arrays.equals(path, one.path().bytes())
                    && stat.size() == one.stat().size();
        }

        Known replaced() {
            return new Known(path, stat, false);
        }
    }

    Map<Slot, Map<ExternalHash, Known>> lock(Handle tx, Collection<ContentHash> owners) {
        Map<Slot, Map<ExternalHash, Known>> known = new HashMap<>();
        InList.of(new TreeSet<>(owners).stream().map(ContentHash::bytes).toList())
                .forEach(list -> list.bind(
                                tx.createQuery(
                                        """
                                        SELECT content_hash, name, source_hash, path, size, mtime_ns, ctime_ns,
                                            birth_time_ns, inode, current
                                        FROM asset_provided FORCE INDEX (PRIMARY) WHERE content_hash IN (""" + list.marks() + ") ORDER BY content_hash, name, source_hash FOR UPDATE"),
                                0)
                        .map((row, context) -> Map.entry(
                                new Key(
                                        new Slot(ContentHash.of(row.getBytes("content_hash")), row.getString("name")),
                                        ExternalHash.of(row.getBytes("source_hash"))),
                                new Known(
                                        row.getBytes("path"),
                                        new FileStat(
                                                row.getLong("size"),
                                                row.getLong("mtime_ns"),
                                                row.getLong("ctime_ns"),
                                                row.getLong("birth_time_ns"),
                                                row.getLong("inode")),
                                        row.getBoolean("current"))))
                        .forEach(entry -> known.computeIfAbsent(entry.getKey().slot(), slot -> new HashMap<>())
                                .put(entry.getKey().source(), entry.getValue())));
        return known;
    }

    /** Makes these the ones that are told, one a slot. */
    void write(Handle tx, TreeMap<Key, Provided> told) {
        TreeMap<String, TreeSet<ContentHash>> byName = new TreeMap<>();
        told.keySet().forEach(key -> byName.computeIfAbsent(key.slot().name(), name -> new TreeSet<>())
                .add(key.slot().asset()));
        byName.forEach((name, owners) -> InList.of(
                        owners.stream().map(ContentHash::bytes).toList())
                .forEach(list -> list.bind(
                                tx.createUpdate("UPDATE asset_provided SET current = FALSE WHERE current"
                                                + " AND name = ? AND content_hash IN (" + list.marks() + ")")
                                        .bind(0, name),
                                1)
                        .execute()));
        WRITE.write(tx, List.copyOf(told.values()), one -> new Object[] {
            one.asset().bytes(),
            one.name(),
            one.source().bytes(),
            one.batch().value(),
            one.libraryId(),
            one.path().bytes(),
            one.stat().size(),
            one.stat().mtimeNs(),
            one.stat().ctimeNs(),
            one.stat().birthTimeNs(),
            one.stat().inode()
        });
    }
}
