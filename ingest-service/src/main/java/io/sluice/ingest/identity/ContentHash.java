package io.sluice.ingest.identity;

import java.util.Arrays;
import java.util.HexFormat;

import org.jspecify.annotations.Nullable;

import com.google.protobuf.ByteString;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;

/** BLAKE3-256 of a file's bytes: the identity of an asset. 64 lowercase hex digits outside, 32 bytes in tables. */
public final class ContentHash implements Comparable<ContentHash> {

    public static final int BYTES = 32;

    private final byte[] bytes;

    private ContentHash(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * @param bytes 32 of them
     * @throws CodedException {@code INVALID_REQUEST}
     */
    public static ContentHash of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new CodedException(
                    ErrorCode.INVALID_REQUEST,
                    "A content hash has 32 bytes (64 hex digits), this one has " + bytes.length);
        }
        return new ContentHash(bytes.clone());
    }

    /** As {@link #of(byte[])}. */
    public static ContentHash of(ByteString bytes) {
        return of(bytes.toByteArray());
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    public ByteString toByteString() {
        return ByteString.copyFrom(bytes);
    }

    public String hex() {
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public int compareTo(ContentHash other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ContentHash hash && Arrays.equals(bytes, hash.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return hex();
    }
}
