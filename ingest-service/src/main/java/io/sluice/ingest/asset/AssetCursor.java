package io.sluice.ingest.asset;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;

import org.jspecify.annotations.Nullable;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.ingest.identity.ContentHash;

/** A place in a list as text that clients give back: base64url of a version, the filters' fingerprint, and the place. */
final class AssetCursor {

    private static final byte VERSION = 1;

    /**
     * A place in list order; a page holds what comes behind it.
     *
     * @param newest microseconds before 1970
     */
    record Place(long newest, byte[] hash) {

        static final Place FIRST = new Place(Long.MIN_VALUE, new byte[ContentHash.BYTES]);

        /** Behind everything of that moment. */
        static Place behind(long newest) {
            byte[] last = new byte[ContentHash.BYTES];
            Arrays.fill(last, (byte) 0xff);
            return new Place(newest, last);
        }

        static Place of(Asset asset) {
            return new Place(asset.description().taken().newest(), asset.hash().bytes());
        }
    }

    private AssetCursor() {}

    static String write(AssetFilter filter, Place place) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(ByteBuffer.allocate(1 + 4 + 8 + ContentHash.BYTES)
                        .put(VERSION)
                        .putInt(filter.fingerprint())
                        .putLong(place.newest())
                        .put(place.hash())
                        .array());
    }

    /** @throws CodedException {@code INVALID_REQUEST} for a cursor that is none, or of other filters */
    static Place read(AssetFilter filter, String cursor) {
        if (cursor.isEmpty()) {
            return filter.start();
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(cursor));
            byte version = bytes.get();
            int fingerprint = bytes.getInt();
            Place place = new Place(bytes.getLong(), new byte[ContentHash.BYTES]);
            bytes.get(place.hash());
            if (version != VERSION || bytes.hasRemaining()) {
                throw refused("is none of ours", null);
            }
            if (fingerprint != filter.fingerprint()) {
                throw refused("belongs to other filters", null);
            }
            return place;
        } catch (IllegalArgumentException | BufferUnderflowException e) {
            throw refused("is none of ours", e);
        }
    }

    private static CodedException refused(String why, @Nullable Throwable cause) {
        return new CodedException(
                ErrorCode.INVALID_REQUEST,
                "The cursor " + why + ". Give back next_cursor unchanged with the same filters, or start without one.",
                cause);
    }
}
