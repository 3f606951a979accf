package io.sluice.scanner.scan;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import jakarta.inject.Singleton;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import com.fasterxml.uuid.Generators;

import io.sluice.scanner.library.LibraryId;

/** The rows of scans, and of scans that a person asked for. */
@Singleton
public class ScanRuns {

    private static final int REASON_LENGTH = 1000;

    private static final String COLUMNS = "scan_id, kind, state, reason, started_at, finished_at, files_seen,"
            + " files_told, directories_unreadable";

    /** A scan to be made. */
    public record Order(String scanId, ScanKind kind) {}

    static String newId() {
        return Generators.timeBasedEpochGenerator().generate().toString();
    }

    /** The scan that will answer a request; a full one answers one for a quick one as well. */
    public Order request(Handle tx, LibraryId library, ScanKind kind) {
        tx.createUpdate("INSERT INTO scan_request (library_id, scan_id, kind, requested_at) VALUES (?, ?, ?, NOW(6))"
                        + " ON DUPLICATE KEY UPDATE kind = IF(kind = 'full', kind, VALUES(kind))")
                .bind(0, library.toString())
                .bind(1, newId())
                .bind(2, kind.word())
                .execute();
        return requested(tx, library).orElseThrow();
    }

    /** @param run null while it waits */
    public record Found(
            String library, ScanKind kind, @Nullable ScanRun run) {}

    /**
     * A scan that was asked for or that began. It goes from one table to the other in one transaction: what is not in the
     * second yet is looked for in the first, and then once more in the second.
     */
    public Optional<Found> find(Handle handle, String scanId) {
        return begun(handle, scanId).or(() -> waiting(handle, scanId)).or(() -> begun(handle, scanId));
    }

    private static Optional<Found> begun(Handle handle, String scanId) {
        return handle.createQuery("SELECT " + COLUMNS + ", library_id FROM scan_run WHERE scan_id = ?")
                .bind(0, scanId)
                .map((row, context) -> {
                    ScanRun run = run(row);
                    return new Found(row.getString("library_id"), run.kind(), run);
                })
                .findOne();
    }

    /** Few rows: one a library at most. */
    private static Optional<Found> waiting(Handle handle, String scanId) {
        return handle.createQuery("SELECT library_id, kind FROM scan_request WHERE scan_id = ?")
                .bind(0, scanId)
                .map((row, context) -> new Found(row.getString("library_id"), ScanKind.of(row.getString("kind")), null))
                .findOne();
    }

    Optional<Order> requested(Handle handle, LibraryId library) {
        return handle.createQuery("SELECT scan_id, kind FROM scan_request WHERE library_id = ?")
                .bind(0, library.toString())
                .map((row, context) -> new Order(row.getString(1), ScanKind.of(row.getString(2))))
                .findOne();
    }

    /** Gives the scan as it begins: somebody may have asked for a full one since the order was read. */
    Order begin(Handle tx, LibraryId library, Order read, long token) {
        Order order = tx.createQuery("SELECT kind FROM scan_request WHERE library_id = ? AND scan_id = ? FOR UPDATE")
                .bind(0, library.toString())
                .bind(1, read.scanId())
                .mapTo(String.class)
                .findOne()
                .filter(kind -> ScanKind.of(kind) == ScanKind.FULL)
                .map(full -> new Order(read.scanId(), ScanKind.FULL))
                .orElse(read);
        tx.createUpdate("DELETE FROM scan_request WHERE library_id = ? AND scan_id = ?")
                .bind(0, library.toString())
                .bind(1, order.scanId())
                .execute();
        tx.createUpdate("INSERT INTO scan_run (scan_id, library_id, kind, state, token, started_at)"
                        + " VALUES (?, ?, ?, 'running', ?, NOW(6))")
                .bind(0, order.scanId())
                .bind(1, library.toString())
                .bind(2, order.kind().word())
                .bind(3, token)
                .execute();
        return order;
    }

    void progress(Handle tx, String scanId, ScanCounts counts) {
        tx.execute(
                "UPDATE scan_run SET files_seen = ?, files_told = ?, directories_unreadable = ? WHERE scan_id = ?",
                counts.filesSeen(),
                counts.filesTold(),
                counts.directoriesUnreadable(),
                scanId);
    }

    void end(Handle tx, String scanId, ScanRun.State state, String reason, ScanCounts counts) {
        progress(tx, scanId, counts);
        tx.execute(
                "UPDATE scan_run SET state = ?, reason = ?, finished_at = NOW(6) WHERE scan_id = ? AND state = 'running'",
                state.name().toLowerCase(Locale.ROOT),
                reason.length() > REASON_LENGTH ? reason.substring(0, REASON_LENGTH) : reason,
                scanId);
    }

    /** What earlier tenures left running runs no more. */
    int interruptRunning(Handle tx, LibraryId library) {
        return tx.execute(
                "UPDATE scan_run SET state = 'interrupted', finished_at = NOW(6),"
                        + " reason = 'Its process ended or lost its lease; the next scan does the work.'"
                        + " WHERE library_id = ? AND state = 'running'",
                library.toString());
    }

    /** History is for people: a day of quick scans, a month of full ones. */
    void prune(Handle tx, LibraryId library) {
        prune(tx, library, ScanKind.QUICK, 1);
        prune(tx, library, ScanKind.FULL, 30);
    }

    private static void prune(Handle tx, LibraryId library, ScanKind kind, int days) {
        tx.execute(
                "DELETE FROM scan_run WHERE library_id = ? AND kind = ? AND started_at < NOW(6) - INTERVAL ? DAY"
                        + " AND state <> 'running' LIMIT 1000",
                library.toString(),
                kind.word(),
                days);
    }

    public Optional<ScanRun> running(Handle handle, LibraryId library) {
        return handle.createQuery("SELECT " + COLUMNS + " FROM scan_run WHERE library_id = ? AND state = 'running'"
                        + " ORDER BY started_at DESC LIMIT 1")
                .bind(0, library.toString())
                .map((row, context) -> run(row))
                .findOne();
    }

    /** The latest that has ended. */
    public Optional<ScanRun> latest(Handle handle, LibraryId library, ScanKind kind) {
        return handle.createQuery("SELECT " + COLUMNS + " FROM scan_run WHERE library_id = ? AND kind = ?"
                        + " AND state <> 'running' ORDER BY started_at DESC LIMIT 1")
                .bind(0, library.toString())
                .bind(1, kind.word())
                .map((row, context) -> run(row))
                .findOne();
    }

    private static ScanRun run(ResultSet row) throws SQLException {
        return new ScanRun(
                row.getString(1),
                ScanKind.of(row.getString(2)),
                ScanRun.State.valueOf(row.getString(3).toUpperCase(Locale.ROOT)),
                row.getString(4),
                instant(row.getObject(5, LocalDateTime.class)),
                row.getObject(6) == null ? null : instant(row.getObject(6, LocalDateTime.class)),
                row.getLong(7),
                row.getLong(8),
                row.getLong(9));
    }

    private static Instant instant(LocalDateTime utc) {
        return utc.toInstant(ZoneOffset.UTC);
    }
}
