package io.sluice.gateway.playback;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;

import io.sluice.gateway.asset.ContentHash;

/**
 * What a signed address allows.
 *
 * @param contentHash the one asset that it opens
 * @param expiresAt whole seconds
 * @param keyId of the API key it was given for
 */
record PlaybackGrant(ContentHash contentHash, Instant expiresAt, UUID keyId) {

    /** Content hash, seconds of the epoch, key id. */
    static final int BYTES = 32 + 8 + 16;

    byte[] bytes() {
        return ByteBuffer.allocate(BYTES)
                .put(HexFormat.of().parseHex(contentHash.hex()))
                .putLong(expiresAt.getEpochSecond())
                .putLong(keyId.getMostSignificantBits())
                .putLong(keyId.getLeastSignificantBits())
                .array();
    }

    /** Only of bytes whose signature holds. */
    static PlaybackGrant of(ByteBuffer signed) {
        byte[] hash = new byte[32];
        signed.get(hash);
        return new PlaybackGrant(
                new ContentHash(HexFormat.of().formatHex(hash)),
                Instant.ofEpochSecond(signed.getLong()),
                new UUID(signed.getLong(), signed.getLong()));
    }
}
