package io.sluice.gateway.asset;

import java.util.HexFormat;
import java.util.regex.Pattern;

import com.google.protobuf.ByteString;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;

/**
 * BLAKE3-256 of an asset's bytes.
 *
 * @param hex 64 lowercase hex digits
 */
public record ContentHash(String hex) {

    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");
    private static final int SHORT = 16;

    /** @throws CodedException {@code INVALID_REQUEST} when it is not 64 lowercase hex digits */
    public ContentHash {
        if (!HEX.matcher(hex).matches()) {
            throw new CodedException(
                    ErrorCode.INVALID_REQUEST,
                    "A content hash is 64 lowercase hex digits; this address has something else.");
        }
    }

    /** For path parameters. */
    public static ContentHash fromString(String hex) {
        return new ContentHash(hex);
    }

    static ContentHash of(ByteString bytes) {
        return new ContentHash(HexFormat.of().formatHex(bytes.toByteArray()));
    }

    public ByteString bytes() {
        return ByteString.copyFrom(HexFormat.of().parseHex(hex));
    }

    /** The first 16 digits, for display only. */
    String shortened() {
        return hex.substring(0, SHORT);
    }
}
