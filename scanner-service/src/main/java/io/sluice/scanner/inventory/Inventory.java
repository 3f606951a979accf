package io.sluice.scanner.inventory;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import jakarta.inject.Singleton;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.Query;

import io.sluice.messaging.Transactions;
import io.sluice.scanner.library.KnownFiles;
import io.sluice.scanner.library.LibraryId;
import io.sluice.scanner.walk.FileStat;
import io.sluice.scanner.walk.RawPath;

/** Reads the inventory: set-wise look-ups and keyset pages, each along an index. */
@Singleton
public class Inventory implements KnownFiles {

    /**
     * Values in one IN list. MariaDB turns lists of 1000 (in_predicate_conversion_threshold) into a derived table, which
     * has no use for the index.
     */
    public static final int LOOK_UP = 900;

    private static final String COLUMNS = "file_id, path, path_key IS NOT NULL AS holds_path, size, mtime_ns, ctime_ns,"
            + " birth_time_ns, inode, present, stable, sequence, scan_id, observed_at";

    private static final RowMapper<ObservedFile> FILE = (row, context) -> file(row);

    private final Transactions transactions;

    Inventory(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public boolean anyPresent(LibraryId library) {
        return transactions.read(handle -> handle.createQuery(
                        "SELECT EXISTS (SELECT 1 FROM observed_file WHERE library_id = ? AND present = 1)")
                .bind(0, library.toString())
                .mapTo(Boolean.class)
                .one());
    }

    /** The files that hold these paths, present or absent; at most {@link #LOOK_UP} paths. */
    public Map<RawPath, ObservedFile> holding(Handle handle, LibraryId library, Collection<RawPath> paths) {
        if (paths.isEmpty()) {
            return new HashMap<>();
        }
        Query query = handle.createQuery(
                "SELECT " + COLUMNS + " FROM observed_file WHERE path_key IN (" + marks(paths.size()) + ")");
        int position = 0;
        for (RawPath path : paths) {
            query.bind(position++, PathKey.of(library, path));
        }
        return query.map(FILE).stream().collect(Collectors.toMap(ObservedFile::path, file -> file));
    }

    /** The files, present or absent, that had one of these inodes; at most {@link #LOOK_UP} inodes. */
    public List<ObservedFile> withInodes(Handle handle, LibraryId library, Collection<Long> inodes) {
        if (inodes.isEmpty()) {
            return List.of();
        }
        return listed(
                handle,
                "SELECT " + COLUMNS + " FROM observed_file WHERE library_id = ? AND inode IN (" + marks(inodes.size())
                        + ")",
                library,
                inodes);
    }

    /** The files of these ids; at most {@link #LOOK_UP}. */
    public List<ObservedFile> withIds(Handle handle, LibraryId library, Collection<Long> fileIds) {
        return listed(
                handle,
                "SELECT " + COLUMNS + " FROM observed_file WHERE library_id = ? AND file_id IN ("
                        + marks(fileIds.size()) + ")",
                library,
                fileIds);
    }

    /** Ids of present files above {@code after}, ascending. */
    public List<Long> presentIds(Handle handle, LibraryId library, boolean stable, long after, int limit) {
        return handle.createQuery(
                        "SELECT file_id FROM observed_file WHERE library_id = ? AND present = 1 AND stable = ?"
                                + " AND file_id > ? ORDER BY file_id LIMIT ?")
                .bind(0, library.toString())
                .bind(1, stable)
                .bind(2, after)
                .bind(3, limit)
                .mapTo(Long.class)
                .list();
    }

    /** Present files that may still be written to, above {@code after}, by id. */
    public List<ObservedFile> unstable(Handle handle, LibraryId library, long after, int limit) {
        return handle.createQuery("SELECT " + COLUMNS + " FROM observed_file WHERE library_id = ? AND present = 1"
                        + " AND stable = 0 AND file_id > ? ORDER BY file_id LIMIT ?")
                .bind(0, library.toString())
                .bind(1, after)
                .bind(2, limit)
                .map(FILE)
                .list();
    }

    /** All files of a bucket (file id modulo 256) above {@code after}, by id. */
    public List<ObservedFile> ofBucket(Handle handle, LibraryId library, int bucket, long after, int limit) {
        return handle.createQuery("SELECT " + COLUMNS + " FROM observed_file WHERE library_id = ? AND bucket = ?"
                        + " AND file_id > ? ORDER BY file_id LIMIT ?")
                .bind(0, library.toString())
                .bind(1, bucket)
                .bind(2, after)
                .bind(3, limit)
                .map(FILE)
                .list();
    }

    private static List<ObservedFile> listed(Handle handle, String sql, LibraryId library, Collection<Long> values) {
        Query query = handle.createQuery(sql).bind(0, library.toString());
        int position = 1;
        for (Long value : values) {
            query.bind(position++, value);
        }
        return query.map(FILE).list();
    }

    private static String marks(int count) {
        if (count > LOOK_UP) {
            throw new IllegalArgumentException("At most " + LOOK_UP + " at once, not " + count);
        }
        return "?" + ",?".repeat(count - 1);
    }

    private static ObservedFile file(ResultSet row) throws SQLException {
        return new ObservedFile(
                row.getLong(1),
                RawPath.of(row.getBytes(2)),
                row.getBoolean(3),
                new FileStat(row.getLong(4), row.getLong(5), row.getLong(6), row.getLong(7), row.getLong(8)),
                row.getBoolean(9),
                row.getBoolean(10),
                row.getLong(11),
                row.getString(12),
                row.getObject(13, LocalDateTime.class).toInstant(ZoneOffset.UTC));
    }
}
