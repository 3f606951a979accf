package io.sluice.media.asset;

import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

import com.google.protobuf.ByteString;

/**
 * BLAKE3-256 of an original's bytes: what an asset, its work and its folder in the store are called.
 *
 * @param hex 64 lowercase hex digits
 */
public record ContentHash(String hex) implements Comparable<ContentHash> {

    private static final int BYTES = 32;
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

    public ContentHash {
        if (!HEX.matcher(hex).matches()) {
            throw new IllegalArgumentException("A content hash is 64 lowercase hex digits, not " + hex);
        }
    }

    /** @throws IllegalArgumentException when there are not 32 bytes */
    public static ContentHash of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("A content hash has 32 bytes, not " + bytes.length);
        }
        return new ContentHash(HexFormat.of().formatHex(bytes));
    }

    /** As {@link #of(byte[])}. */
    public static ContentHash of(ByteString bytes) {
        return of(bytes.toByteArray());
    }

    /** Their bytes in key order, each once: for a query. */
    public static List<byte[]> inOrder(Collection<ContentHash> hashes) {
        return hashes.stream().distinct().sorted().map(ContentHash::bytes).toList();
    }

    public byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }

    public ByteString byteString() {
        return ByteString.copyFrom(bytes());
    }

    @Override
    public int compareTo(ContentHash other) {
        return hex.compareTo(other.hex);
    }

    @Override
    public String toString() {
        return hex;
    }
}
