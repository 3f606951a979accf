package io.sluice.ingest.listing;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.CRC32;

import org.jspecify.annotations.Nullable;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;

/**
 * A place in a list as text that clients give back: base64url of a version, the fingerprint of what the list is of, and
 * the numbers of the last row's key.
 */
public final class ListCursor {

    private static final byte VERSION = 1;
    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 500;

    private ListCursor() {}

    /** Rows of a page: 50 unless asked for, at most 500. */
    public static int limit(int asked) {
        return asked == 0 ? DEFAULT_LIMIT : Math.clamp(asked, 1, MAX_LIMIT);
    }

    /** @param list what the list is of: its name and filters; a cursor fits no other */
    public static String write(String list, long... place) {
        ByteBuffer bytes = ByteBuffer.allocate(1 + Integer.BYTES + place.length * Long.BYTES)
                .put(VERSION)
                .putInt(print(list));
        for (long number : place) {
            bytes.putLong(number);
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /**
     * As many numbers as {@code start}, which is the place of an empty cursor.
     *
     * @throws CodedException {@code INVALID_REQUEST} for a cursor that is none, or of another list
     */
    public static long[] read(String list, String cursor, long... start) {
        if (cursor.isEmpty()) {
            return start.clone();
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(cursor));
            if (bytes.get() != VERSION) {
                throw refused("is none of ours", null);
            }
            if (bytes.getInt() != print(list)) {
                throw refused("belongs to another list or other filters", null);
            }
            long[] place = new long[start.length];
            for (int i = 0; i < place.length; i++) {
                place[i] = bytes.getLong();
            }
            if (bytes.hasRemaining()) {
                throw refused("is none of ours", null);
            }
            return place;
        } catch (IllegalArgumentException | BufferUnderflowException e) {
            throw refused("is none of ours", e);
        }
    }

    private static int print(String list) {
        CRC32 sum = new CRC32();
        sum.update(list.getBytes(StandardCharsets.UTF_8));
        return (int) sum.getValue();
    }

    private static CodedException refused(String why, @Nullable Throwable cause) {
        return new CodedException(
                ErrorCode.INVALID_REQUEST,
                "The cursor " + why + ". Give back next_cursor unchanged with the same filters, or start without one.",
                cause);
    }
}
