package io.sluice.scanner.inventory;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import jakarta.inject.Singleton;

import org.jdbi.v3.core.Handle;

import io.sluice.scanner.library.LibraryId;

/** Has the database fold the inventory, along an index that holds all it needs. */
@Singleton
public class InventoryDigest {

    private static final int BUCKETS = 256;

    private record Bucket(int number, long digest, long present, long files) {}

    public BucketDigests of(Handle handle, LibraryId library) {
        List<Bucket> filled = handle.createQuery("SELECT bucket, BIT_XOR(CAST(CONV(SUBSTRING(MD5(CONCAT("
                        + "file_id, ':', sequence, ':', present)), 1, 16), 16, 10) AS UNSIGNED)), SUM(present), COUNT(*)"
                        + " FROM observed_file FORCE INDEX (observed_bucket) WHERE library_id = ? GROUP BY bucket")
                .bind(0, library.toString())
                .map((row, context) -> new Bucket(
                        row.getInt(1), Long.parseUnsignedLong(row.getString(2)), row.getLong(3), row.getLong(4)))
                .list();
        List<Long> buckets = new ArrayList<>(Collections.nCopies(BUCKETS, 0L));
        filled.forEach(bucket -> buckets.set(bucket.number, bucket.digest));
        long present = filled.stream().mapToLong(Bucket::present).sum();
        long files = filled.stream().mapToLong(Bucket::files).sum();
        return new BucketDigests(present, files - present, List.copyOf(buckets));
    }
}
