package io.sluice.ingest.location;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import jakarta.enterprise.context.ApplicationScoped;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import io.sluice.ingest.identity.ContentHash;

/** The table of file locations. Everything that changes it locks its rows first, in the order of their keys. */
@ApplicationScoped
public class Locations {

    private final LibraryCounts counts;

    public Locations(LibraryCounts counts) {
        this.counts = counts;
    }

    /** Locks the rows that there are of these files. */
    public Map<LocationKey, FileLocation> lock(Handle tx, Collection<LocationKey> keys) {
        return byFile(tx, keys, " FOR UPDATE");
    }

    /** Reads the rows that there are of these files; for a batch one statement a library. */
    public Map<LocationKey, FileLocation> find(Handle handle, Collection<LocationKey> keys) {
        return byFile(handle, keys, "");
    }

    // The index is named because statistics of a table that grew a moment ago would have it read, and locked, whole.
    private static Map<LocationKey, FileLocation> byFile(Handle handle, Collection<LocationKey> keys, String lock) {
        TreeMap<String, TreeSet<Long>> libraries = new TreeMap<>();
        keys.forEach(key -> libraries
                .computeIfAbsent(key.libraryId(), id -> new TreeSet<>())
                .add(key.fileId()));
        Map<LocationKey, FileLocation> found = new HashMap<>();
        libraries.forEach((library, files) -> InList.of(files)
                .flatMap(list -> list
                        .bind(
                                handle.createQuery("SELECT " + LocationRows.COLUMNS
                                                + " FROM file_location FORCE INDEX (by_file) WHERE library_id = ?"
                                                + " AND file_id IN (" + list.marks() + ") ORDER BY file_id" + lock)
                                        .bind(0, library),
                                1)
                        .map((row, context) -> LocationRows.read(row))
                        .stream())
                .forEach(location -> found.put(location.key(), location)));
        return found;
    }

    /** Locks the rows that hold these paths. */
    public List<FileLocation> lockHolders(Handle tx, Collection<PathKey> paths) {
        return InList.of(new TreeSet<>(paths).stream().map(PathKey::bytes).toList())
                .flatMap(list -> list
                        .bind(
                                tx.createQuery("SELECT " + LocationRows.COLUMNS
                                        + " FROM file_location FORCE INDEX (by_path) WHERE path_key IN ("
                                        + list.marks() + ") ORDER BY path_key FOR UPDATE"),
                                0)
                        .map((row, context) -> LocationRows.read(row))
                        .stream())
                .toList();
    }

    /** Writes changes of locked rows, and what they make of the counts. One change a row. */
    public void write(Handle tx, Collection<LocationChange> changes) {
        List<LocationChange> ordered = changes.stream()
                .sorted(Comparator.comparing(change -> change.after().key()))
                .toList();
        letGoOfPaths(tx, ordered);
        LocationRows.INSERT.write(
                tx,
                ordered.stream()
                        .filter(change -> change.before() == null)
                        .map(LocationChange::after)
                        .toList(),
                LocationRows::values);
        LocationRows.UPDATE.write(
                tx,
                ordered.stream()
                        .filter(change -> change.before() != null)
                        .map(LocationChange::after)
                        .toList(),
                LocationRows::valuesWithId);
        counts.apply(tx, ordered);
    }

    /** Paths that change hands inside one batch must be free before they are taken. */
    private static void letGoOfPaths(Handle tx, List<LocationChange> changes) {
        List<Long> leaving = new ArrayList<>();
        for (LocationChange change : changes) {
            FileLocation before = change.before();
            PathKey held = before == null ? null : before.heldPath();
            if (before != null
                    && held != null
                    && !Objects.equals(held, change.after().heldPath())) {
                leaving.add(before.id());
            }
        }
        InList.of(leaving.stream().sorted().toList()).forEach(list -> list.bind(
                        tx.createUpdate("UPDATE file_location SET path_key = NULL WHERE id IN (" + list.marks() + ")"),
                        0)
                .execute());
    }

    /** Every location of these assets: by asset, then present ones first, by library and path. For assets of few. */
    public List<FileLocation> ofAssets(Handle handle, Collection<ContentHash> hashes) {
        return InList.of(hashes.stream().map(ContentHash::bytes).toList())
                .flatMap(list -> list
                        .bind(
                                handle.createQuery("SELECT " + LocationRows.COLUMNS
                                        + " FROM file_location FORCE INDEX (by_asset) WHERE content_hash IN ("
                                        + list.marks()
                                        + ") ORDER BY content_hash, standing, library_id, path_start, id"),
                                0)
                        .map((row, context) -> LocationRows.read(row))
                        .stream())
                .toList();
    }

    /**
     * A page of an asset's locations that are not displaced: present ones first, then by library and path (by their
     * first 255 bytes, then by age of the row).
     *
     * @param after the last of the page before, null for the first
     */
    public List<FileLocation> page(Handle handle, ContentHash hash, @Nullable Position after, int limit) {
        Position from = after == null ? Position.START : after;
        List<FileLocation> page = new ArrayList<>();
        for (int standing = from.standing(); standing < Standing.DISPLACED.ordinal(); standing++) {
            Position start = standing == from.standing() ? from : Position.startOf(standing);
            for (Behind behind : Behind.of(start)) {
                if (page.size() < limit) {
                    page.addAll(part(handle, hash, start, behind, limit - page.size()));
                }
            }
        }
        return page;
    }

    /**
     * What comes behind a position. A statement of one range each, because of several ranges in one the server may read
     * the whole list: it takes the sum of its guesses for more than that.
     */
    private enum Behind {
        OF_THAT_PATH("library_id = :library AND path_start = :path AND id > :id"),
        OF_THAT_LIBRARY("library_id = :library AND path_start > :path"),
        OF_OTHER_LIBRARIES("library_id > :library");

        private final String range;

        Behind(String range) {
            this.range = range;
        }

        static List<Behind> of(Position position) {
            return position.libraryId().isEmpty() ? List.of(OF_OTHER_LIBRARIES) : List.of(values());
        }
    }

    private static List<FileLocation> part(Handle handle, ContentHash hash, Position start, Behind behind, int limit) {
        return handle.createQuery("SELECT " + LocationRows.COLUMNS
                        + " FROM file_location FORCE INDEX (by_asset) WHERE content_hash = :hash AND standing = :standing AND "
                        + behind.range + " ORDER BY library_id, path_start, id LIMIT :limit")
                .bind("hash", hash.bytes())
                .bind("standing", start.standing())
                .bind("library", start.libraryId())
                .bind("path", start.pathStart())
                .bind("id", start.id())
                .bind("limit", limit)
                .map((row, context) -> LocationRows.read(row))
                .list();
    }

    /** Where an asset has locations, wherever they stand: one look a library, however many locations it has there. */
    public SortedSet<String> librariesOf(Handle handle, ContentHash hash) {
        SortedSet<String> libraries = new TreeSet<>();
        for (Standing standing : Standing.values()) {
            Optional<String> next = Optional.of("");
            while (next.isPresent()) {
                next = handle.createQuery("""
                                SELECT library_id FROM file_location FORCE INDEX (by_asset)
                                WHERE content_hash = ? AND standing = ? AND library_id > ?
                                ORDER BY library_id LIMIT 1""")
                        .bind(0, hash.bytes())
                        .bind(1, standing.ordinal())
                        .bind(2, next.get())
                        .mapTo(String.class)
                        .findOne();
                next.ifPresent(libraries::add);
            }
        }
        return libraries;
    }

    /** A place in the order of {@link #page}. */
    public record Position(int standing, String libraryId, byte[] pathStart, long id) {

        static final Position START = startOf(0);

        static Position startOf(int standing) {
            return new Position(standing, "", new byte[0], 0);
        }

        public static Position of(FileLocation location) {
            byte[] path = location.path().bytes();
            return new Position(
                    location.standing().ordinal(),
                    location.key().libraryId(),
                    path.length <= 255 ? path : Arrays.copyOf(path, 255),
                    location.id());
        }
    }
}
