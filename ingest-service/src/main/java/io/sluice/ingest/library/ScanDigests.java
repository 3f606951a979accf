package io.sluice.ingest.library;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import jakarta.enterprise.context.ApplicationScoped;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import com.google.protobuf.util.Timestamps;

import io.sluice.contract.scanner.v1.LibraryState;
import io.sluice.contract.scanner.v1.ScanDigest;

/** The table of digests: of each library the last full scan, and how far its comparison has come. */
@ApplicationScoped
public class ScanDigests {

    public static final int BUCKETS = 256;

    /**
     * A digest that is not settled yet.
     *
     * @param buckets 256 digests
     * @param endOffsets of the partitions of {@code scanner.file} when it came, null before they were read
     * @param asked buckets that were asked to be told again; empty before
     * @param askedAt null before
     * @param looks comparisons since they were asked
     */
    public record Open(
            String libraryId,
            String scanId,
            Instant finishedAt,
            long[] buckets,
            @Nullable String endOffsets,
            List<Integer> asked,
            @Nullable Instant askedAt,
            int looks) {}

    /** How a comparison ended. */
    public enum Verdict {
        EQUAL,
        /** Buckets differ although they were told again: reported, and left for the next full scan. */
        DIFFERS
    }

    void learn(Handle tx, Collection<LibraryState> states) {
        for (LibraryState state : states) {
            if (state.hasLastFullScan() && state.getLastFullScan().getBucketsCount() == BUCKETS) {
                learn(tx, state, state.getLastFullScan());
            }
        }
    }

    /** A library's state comes again and again with the same scan; only a later one starts a comparison. */
    private static void learn(Handle tx, LibraryState state, ScanDigest scan) {
        ByteBuffer buckets = ByteBuffer.allocate(BUCKETS * Long.BYTES);
        scan.getBucketsList().forEach(buckets::putLong);
        tx.createUpdate("""
                        INSERT INTO scan_digest (library_id, version, scan_id, finished_at, buckets, state)
                        VALUES (:library, :version, :scan, :finished, :buckets, 'open')
                        ON DUPLICATE KEY UPDATE
                            state = IF(<later>, 'open', state),
                            finished_at = IF(<later>, VALUES(finished_at), finished_at),
                            buckets = IF(<later>, VALUES(buckets), buckets),
                            end_offsets = IF(<later>, NULL, end_offsets),
                            differing = IF(<later>, '', differing),
                            looks = IF(<later>, 0, looks),
                            look_at = IF(<later>, NOW(6), look_at),
                            asked_at = IF(<later>, NULL, asked_at),
                            scan_id = IF(VALUES(version) > version, VALUES(scan_id), scan_id),
                            version = GREATEST(version, VALUES(version))""")
                .define("later", "VALUES(version) > version AND VALUES(scan_id) <> scan_id")
                .bind("library", state.getLibraryId())
                .bind("version", state.getVersion())
                .bind("scan", scan.getScanId())
                .bind(
                        "finished",
                        LocalDateTime.ofInstant(
                                Instant.ofEpochMilli(Timestamps.toMillis(scan.getFinishedAt())), ZoneOffset.UTC))
                .bind("buckets", buckets.array())
                .execute();
    }

    /** What is to be looked at now. */
    public List<Open> due(Handle handle) {
        return handle.createQuery("""
                        SELECT library_id, scan_id, finished_at, buckets, end_offsets, differing, asked_at, looks
                        FROM scan_digest WHERE state = 'open' AND look_at <= NOW(6) ORDER BY library_id""")
                .map((row, context) -> {
                    LocalDateTime asked = row.getObject("asked_at", LocalDateTime.class);
                    return new Open(
                            row.getString("library_id"),
                            row.getString("scan_id"),
                            row.getObject("finished_at", LocalDateTime.class).toInstant(ZoneOffset.UTC),
                            longs(row.getBytes("buckets")),
                            row.getString("end_offsets"),
                            numbers(row.getString("differing")),
                            asked == null ? null : asked.toInstant(ZoneOffset.UTC),
                            row.getInt("looks"));
                })
                .list();
    }

    /** Remembers up to where {@code scanner.file} is to be read before comparing. */
    public void await(Handle tx, Open digest, String endOffsets) {
        update(tx, digest, "end_offsets = :value", endOffsets);
    }

    /** Remembers which buckets were asked for again. */
    public void asked(Handle tx, Open digest, List<Integer> buckets) {
        update(tx, digest, "asked_at = NOW(6), looks = 0, differing = :value", text(buckets));
    }

    /** Looks again after some seconds. */
    public void lookAgain(Handle tx, Open digest, long seconds) {
        update(tx, digest, "looks = looks + 1, look_at = NOW(6) + INTERVAL :value SECOND", seconds);
    }

    /** Ends the comparison; the buckets that differ stay to be seen. */
    public void settle(Handle tx, Open digest, Verdict verdict, List<Integer> differing) {
        String state = verdict == Verdict.EQUAL ? "equal" : "differs";
        update(tx, digest, "state = '" + state + "', differing = :value", text(differing));
    }

    private static void update(Handle tx, Open digest, String what, Object value) {
        tx.createUpdate("UPDATE scan_digest SET " + what + " WHERE library_id = :library AND scan_id = :scan")
                .bind("value", value)
                .bind("library", digest.libraryId())
                .bind("scan", digest.scanId())
                .execute();
    }

    private static long[] longs(byte[] bytes) {
        long[] longs = new long[bytes.length / Long.BYTES];
        ByteBuffer.wrap(bytes).asLongBuffer().get(longs);
        return longs;
    }

    private static String text(List<Integer> buckets) {
        return buckets.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    private static List<Integer> numbers(String text) {
        return text.isEmpty()
                ? List.of()
                : Arrays.stream(text.split(",", -1)).map(Integer::valueOf).toList();
    }
}
