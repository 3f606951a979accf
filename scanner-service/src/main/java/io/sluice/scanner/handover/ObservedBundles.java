package io.sluice.scanner.handover;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import jakarta.inject.Singleton;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import io.sluice.messaging.Transactions;
import io.sluice.scanner.library.KnownFiles;
import io.sluice.scanner.library.LibraryId;
import io.sluice.scanner.walk.FileStat;
import io.sluice.scanner.walk.RawPath;

/** Reads the rows of bundles. */
@Singleton
public class ObservedBundles implements KnownFiles {

    static final int PAGE = 5000;

    private static final RawPath BEFORE_ALL = RawPath.of(new byte[0]);

    private final Transactions transactions;

    ObservedBundles(Transactions transactions) {
        this.transactions = transactions;
    }

    /** Along observed_bundle_presence. */
    @Override
    public boolean anyPresent(LibraryId library) {
        return transactions.read(handle -> handle.createQuery(
                        "SELECT EXISTS (SELECT 1 FROM observed_bundle WHERE library_id = ? AND present = 1)")
                .bind(0, library.toString())
                .mapTo(Boolean.class)
                .one());
    }

    /** Has the rows known, if they are not. */
    public void load(LibraryId library, KnownBundles known) {
        if (known.loaded()) {
            return;
        }
        List<ObservedBundle> all = new ArrayList<>();
        List<ObservedBundle> page;
        do {
            RawPath after = all.isEmpty() ? BEFORE_ALL : all.getLast().name();
            page = transactions.read(handle -> page(handle, library, after, PAGE));
            all.addAll(page);
        } while (page.size() == PAGE);
        known.loaded(all);
    }

    /** The rows after that name, by name, along the primary key. */
    public List<ObservedBundle> page(Handle handle, LibraryId library, RawPath after, int limit) {
        return handle.createQuery("SELECT name, sequence, scan_id, observed_at,"
                        + " manifest_present, manifest_size, manifest_mtime_ns, manifest_ctime_ns,"
                        + " manifest_birth_time_ns, manifest_inode,"
                        + " sentinel_present, sentinel_size, sentinel_mtime_ns, sentinel_ctime_ns,"
                        + " sentinel_birth_time_ns, sentinel_inode"
                        + " FROM observed_bundle WHERE library_id = ? AND name > ? ORDER BY name LIMIT ?")
                .bind(0, library.toString())
                .bind(1, after.bytes())
                .bind(2, limit)
                .map((row, context) -> new ObservedBundle(
                        RawPath.of(row.getBytes(1)),
                        new BundleFiles(stat(row, 5), stat(row, 11)),
                        row.getLong(2),
                        row.getString(3),
                        row.getObject(4, LocalDateTime.class).toInstant(ZoneOffset.UTC)))
                .list();
    }

    private static @Nullable FileStat stat(ResultSet row, int first) throws SQLException {
        return row.getBoolean(first)
                ? new FileStat(
                        row.getLong(first + 1),
                        row.getLong(first + 2),
                        row.getLong(first + 3),
                        row.getLong(first + 4),
                        row.getLong(first + 5))
                : null;
    }
}
