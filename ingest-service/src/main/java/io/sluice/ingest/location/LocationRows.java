package io.sluice.ingest.location;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import io.sluice.contract.ErrorCode;
import io.sluice.ingest.identity.ContentHash;
import io.sluice.ingest.location.FileLocation.Trouble;
import io.sluice.messaging.ManyRows;

/** Between a row of {@code file_location} and a {@link FileLocation}. */
final class LocationRows {

    static final String COLUMNS = """
            id, library_id, file_id, sequence, path, standing, stable, size, mtime_ns, ctime_ns, birth_time_ns, inode,
            hash_state, content_hash, former_hash, error_code, reason, scan_id, absent_since_scan""";

    private static final String WRITTEN = """
            library_id, file_id, sequence, path, path_key, standing, stable, size, mtime_ns, ctime_ns, birth_time_ns,
            inode, hash_state, content_hash, former_hash, error_code, reason, scan_id, absent_since_scan""";

    static final ManyRows INSERT =
            new ManyRows("INSERT INTO file_location (" + WRITTEN + ") VALUES", "(" + "?,".repeat(18) + "?)", "");

    /** An insert that always meets its row. */
    static final ManyRows UPDATE =
            new ManyRows("INSERT INTO file_location (" + WRITTEN + ", id) VALUES", "(" + "?,".repeat(19) + "?)", """
            ON DUPLICATE KEY UPDATE
                sequence = VALUES(sequence), path = VALUES(path), path_key = VALUES(path_key),
                standing = VALUES(standing), stable = VALUES(stable), size = VALUES(size),
                mtime_ns = VALUES(mtime_ns), ctime_ns = VALUES(ctime_ns), birth_time_ns = VALUES(birth_time_ns),
                inode = VALUES(inode), hash_state = VALUES(hash_state), content_hash = VALUES(content_hash),
                former_hash = VALUES(former_hash), error_code = VALUES(error_code), reason = VALUES(reason),
                scan_id = VALUES(scan_id), absent_since_scan = VALUES(absent_since_scan)""");

    private LocationRows() {}

    static FileLocation read(ResultSet row) throws SQLException {
        String errorCode = row.getString("error_code");
        String reason = row.getString("reason");
        return new FileLocation(
                row.getLong("id"),
                new LocationKey(row.getString("library_id"), row.getLong("file_id")),
                row.getLong("sequence"),
                RelativePath.stored(row.getBytes("path")),
                Standing.of(row.getInt("standing")),
                row.getBoolean("stable"),
                new FileStat(
                        row.getLong("size"),
                        row.getLong("mtime_ns"),
                        row.getLong("ctime_ns"),
                        row.getLong("birth_time_ns"),
                        row.getLong("inode")),
                HashState.of(row.getString("hash_state")),
                hash(row.getBytes("content_hash")),
                hash(row.getBytes("former_hash")),
                errorCode == null ? null : new Trouble(ErrorCode.of(errorCode), reason == null ? "" : reason),
                row.getString("scan_id"),
                row.getString("absent_since_scan"));
    }

    /** What is written, in the order of the statements above; the id comes last, and only to rows that have one. */
    static Object[] values(FileLocation location) {
        PathKey held = location.heldPath();
        FileStat stat = location.stat();
        Trouble trouble = location.trouble();
        return new Object[] {
            location.key().libraryId(),
            location.key().fileId(),
            location.sequence(),
            location.path().bytes(),
            held == null ? null : held.bytes(),
            location.standing().ordinal(),
            location.stable(),
            stat.size(),
            stat.mtimeNs(),
            stat.ctimeNs(),
            stat.birthTimeNs(),
            stat.inode(),
            location.hashState().stored(),
            bytes(location.content()),
            bytes(location.former()),
            trouble == null ? null : trouble.code().code(),
            trouble == null ? null : shortened(trouble.reason()),
            location.scanId(),
            location.absentSinceScan()
        };
    }

    static Object[] valuesWithId(FileLocation location) {
        Object[] values = values(location);
        Object[] withId = Arrays.copyOf(values, values.length + 1);
        withId[values.length] = location.id();
        return withId;
    }

    private static @Nullable ContentHash hash(byte @Nullable [] bytes) {
        return bytes == null ? null : ContentHash.of(bytes);
    }

    private static byte @Nullable [] bytes(@Nullable ContentHash hash) {
        return hash == null ? null : hash.bytes();
    }

    private static String shortened(String reason) {
        return reason.length() <= 500 ? reason : reason.substring(0, 500);
    }
}
