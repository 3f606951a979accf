package io.sluice.ingest.identity;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/** The identity that the upstream gives an item: 16 bytes in tables, 32 lowercase hex digits outside. */
public final class ExternalHash implements Comparable<ExternalHash> {

    public static final int BYTES = 16;

    private static final Pattern HEX = Pattern.compile("[0-9a-f]{32}");

    private final byte[] bytes;

    private ExternalHash(byte[] bytes) {
        this.bytes = bytes;
    }

    /** @throws IllegalArgumentException unless there are 16 */
    public static ExternalHash of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("An external hash has 16 bytes, not " + bytes.length);
        }
        return new ExternalHash(bytes.clone());
    }

    /** Of 32 lowercase hex digits; empty for any other text. */
    public static Optional<ExternalHash> parse(String text) {
        return HEX.matcher(text).matches()
                ? Optional.of(new ExternalHash(HexFormat.of().parseHex(text)))
                : Optional.empty();
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    public String hex() {
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public int compareTo(ExternalHash other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ExternalHash hash && Arrays.equals(bytes, hash.bytes);
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
