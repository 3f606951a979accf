package io.sluice.ingest.handover;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.sluice.ingest.identity.BatchId;

/** Between a row of {@code ingest_batch} and a {@link Batch}. Times are local times of UTC: no zone of a JVM matters. */
final class BatchRows {

    static final String COLUMNS = """
            b.id, b.library_id, b.sync_id, b.look_sequence, b.scan_id, b.seen_at, b.manifest_size, b.manifest_mtime_ns,
            b.manifest_ctime_ns, b.manifest_inode, b.sentinel_mtime_ns, b.state, b.state_since, b.verdict, b.reason,
            b.pointer, b.manifest_sha256, b.sync_type, b.action, b.item_count, b.total_bytes, b.source_host,
            b.manifest_created, b.manifest_completed, b.prior_sync_id, b.superseded_by, b.verified_passed,
            b.verified_files, b.extra, b.warnings, b.items_of, b.started_at, b.completed_at, b.last_error, b.version""";

    private BatchRows() {}

    static Batch read(ResultSet row) throws SQLException {
        return new Batch(
                new BatchId(row.getLong("id")),
                row.getString("library_id"),
                new SyncId(row.getString("sync_id")),
                look(row),
                BatchState.ofWord(row.getString("state")),
                Objects.requireNonNull(instant(row, "state_since")),
                Verdict.ofWord(row.getString("verdict")),
                row.getString("reason"),
                row.getString("pointer"),
                row.getBytes("manifest_sha256"),
                claims(row),
                syncId(row, "superseded_by"),
                lines(row.getString("warnings")),
                row.getBytes("items_of"),
                instant(row, "started_at"),
                instant(row, "completed_at"),
                row.getString("last_error"),
                row.getLong("version"));
    }

    private static Look look(ResultSet row) throws SQLException {
        Long size = row.getObject("manifest_size", Long.class);
        return new Look(
                row.getLong("look_sequence"),
                row.getString("scan_id"),
                Objects.requireNonNull(instant(row, "seen_at")),
                size == null
                        ? null
                        : new Look.ManifestStat(
                                size,
                                row.getLong("manifest_mtime_ns"),
                                row.getLong("manifest_ctime_ns"),
                                row.getLong("manifest_inode")),
                row.getObject("sentinel_mtime_ns", Long.class));
    }

    private static ManifestClaims claims(ResultSet row) throws SQLException {
        return new ManifestClaims(
                row.getString("sync_type"),
                row.getString("action"),
                row.getLong("item_count"),
                row.getLong("total_bytes"),
                row.getString("source_host"),
                instant(row, "manifest_created"),
                instant(row, "manifest_completed"),
                syncId(row, "prior_sync_id"),
                row.getBoolean("verified_passed"),
                row.getLong("verified_files"),
                row.getString("extra"));
    }

    private static @Nullable SyncId syncId(ResultSet row, String column) throws SQLException {
        String text = row.getString(column);
        return text == null ? null : new SyncId(text);
    }

    private static List<String> lines(String text) {
        return text.isEmpty() ? List.of() : text.lines().toList();
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        LocalDateTime time = row.getObject(column, LocalDateTime.class);
        return time == null ? null : time.toInstant(ZoneOffset.UTC);
    }

    static @Nullable LocalDateTime utc(@Nullable Instant time) {
        return time == null ? null : LocalDateTime.ofInstant(time, ZoneOffset.UTC);
    }

    /** What a column has room for. */
    static String cut(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest);
    }
}
