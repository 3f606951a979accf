package io.sluice.ingest.observation;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import jakarta.enterprise.context.ApplicationScoped;

import org.jdbi.v3.core.Handle;

import io.sluice.contract.ingest.v1.MediaKind;
import io.sluice.ingest.identity.MediaKinds;
import io.sluice.ingest.library.ScanDigests;
import io.sluice.ingest.location.LibraryCounts;
import io.sluice.messaging.Transactions;

/**
 * The digests of a library's location rows, as the scanner makes them of its own (see {@code ScanDigest}). The same
 * statement counts the rows, so that the kept counts are put right once a scan. Rows of files that the scanner does not
 * tell of (negative ids) are counted, and in no digest.
 */
@ApplicationScoped
class BucketDigests {

    private static final String VIDEO_NAMES = MediaKinds.extensionsOf(MediaKind.MEDIA_KIND_VIDEO).stream()
            .map(extension -> "'" + extension + "'")
            .collect(Collectors.joining(", "));

    private static final String READ = """
            SELECT file_id & 255 AS bucket, MAX(IF(file_id < 0, 0, sequence)) AS newest,
                BIT_XOR(IF(standing = 2 OR file_id < 0, CAST(0 AS UNSIGNED), CAST(CONV(SUBSTRING(MD5(
                    CONCAT(file_id, ':', sequence, ':', IF(standing = 0, 1, 0))), 1, 16), 16, 10) AS UNSIGNED))) AS digest,
                SUM(standing = 0) AS present, SUM(standing = 0 AND content_hash IS NULL) AS unhashed,
                COALESCE(SUM(standing = 0 AND content_hash IS NULL AND LOWER(CONVERT(SUBSTRING_INDEX(
                    SUBSTRING_INDEX(path, '/', -1), '.', -1) USING latin1)) IN (%s)), 0) AS hashless_videos,
                SUM(standing = 1) AS absent,
                (SELECT CONCAT(SUM(present), ' ', SUM(unhashed), ' ', SUM(hashless_videos), ' ', SUM(absent))
                    FROM library_count WHERE library_id = :library) AS counted
            FROM file_location FORCE INDEX (by_file) WHERE library_id = :library GROUP BY file_id & 255""".formatted(VIDEO_NAMES);

    private record Row(
            int bucket,
            long newest,
            long digest,
            long present,
            long unhashed,
            long hashlessVideos,
            long absent,
            String counted) {}

    private final Transactions transactions;
    private final LibraryCounts counts;

    BucketDigests(Transactions transactions, LibraryCounts counts) {
        this.transactions = transactions;
        this.counts = counts;
    }

    /**
     * @param digests of 256 buckets, displaced rows left out
     * @param newest the highest sequence number in each
     */
    record Buckets(long[] digests, long[] newest) {

        List<Integer> differingFrom(long[] others) {
            List<Integer> differing = new ArrayList<>();
            for (int bucket = 0; bucket < digests.length; bucket++) {
                if (digests[bucket] != others[bucket]) {
                    differing.add(bucket);
                }
            }
            return differing;
        }
    }

    /** Reads all rows of a library without locking any. */
    Buckets of(String libraryId) {
        List<Row> rows = transactions.read(handle -> read(handle, libraryId));
        Buckets buckets = new Buckets(new long[ScanDigests.BUCKETS], new long[ScanDigests.BUCKETS]);
        for (Row row : rows) {
            buckets.digests[row.bucket()] = row.digest();
            buckets.newest[row.bucket()] = row.newest();
        }
        putCountsRight(libraryId, rows);
        return buckets;
    }

    private static List<Row> read(Handle handle, String libraryId) {
        return handle.createQuery(READ)
                .bind("library", libraryId)
                .map((row, context) -> new Row(
                        row.getInt("bucket"),
                        row.getLong("newest"),
                        Long.parseUnsignedLong(row.getString("digest")),
                        row.getLong("present"),
                        row.getLong("unhashed"),
                        row.getLong("hashless_videos"),
                        row.getLong("absent"),
                        row.getString("counted") == null ? "0 0 0 0" : row.getString("counted")))
                .list();
    }

    /** What was counted and what was kept come from one statement, so from one moment: their difference holds later too. */
    private void putCountsRight(String libraryId, List<Row> rows) {
        if (rows.isEmpty()) {
            return;
        }
        String[] kept = rows.getFirst().counted().split(" ", -1);
        LibraryCounts.Count drift = new LibraryCounts.Count(
                libraryId,
                rows.stream().mapToLong(Row::present).sum() - Long.parseLong(kept[0]),
                rows.stream().mapToLong(Row::unhashed).sum() - Long.parseLong(kept[1]),
                rows.stream().mapToLong(Row::hashlessVideos).sum() - Long.parseLong(kept[2]),
                rows.stream().mapToLong(Row::absent).sum() - Long.parseLong(kept[3]));
        transactions.run(tx -> counts.add(tx, List.of(drift)));
    }
}
