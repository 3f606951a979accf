package io.sluice.scanner.inventory;

import java.util.List;

/**
 * The inventory of a library in 256 numbers.
 *
 * @param buckets each the XOR, over the files whose id modulo 256 is its place, of the first 8 bytes of
 *     MD5("file id:sequence:1 if present else 0")
 */
public record BucketDigests(long presentFiles, long absentFiles, List<Long> buckets) {}
