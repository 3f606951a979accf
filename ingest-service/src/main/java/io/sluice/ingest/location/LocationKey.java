package io.sluice.ingest.location;

import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.UUID;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;

/**
 * The scanner's name for a file. Rows are locked and written in this order.
 *
 * @param libraryId UUID text, lower case
 * @param fileId the scanner's surrogate, never given twice in a library
 */
public record LocationKey(String libraryId, long fileId) implements Comparable<LocationKey> {

    private static final Comparator<LocationKey> ORDER =
            Comparator.comparing(LocationKey::libraryId).thenComparingLong(LocationKey::fileId);

    /**
     * From {@code <library id>/<file id>}, as record keys and work keys have it.
     *
     * @throws CodedException {@code INVALID_REQUEST}
     */
    public static LocationKey parse(String text) {
        int slash = text.indexOf('/');
        try {
            String library = UUID.fromString(text.substring(0, slash)).toString();
            return new LocationKey(library, Long.parseLong(text.substring(slash + 1)));
        } catch (IllegalArgumentException | StringIndexOutOfBoundsException e) {
            throw new CodedException(ErrorCode.INVALID_REQUEST, "No <library id>/<file id>: " + text, e);
        }
    }

    /**
     * Of a file that the scanner never tells of: its id follows from its path, negative, so that it never meets one of the
     * scanner's.
     */
    public static LocationKey unscanned(String libraryId, RelativePath path) {
        long bits = ByteBuffer.wrap(path.keyIn(libraryId).bytes()).getLong();
        return new LocationKey(libraryId, bits | Long.MIN_VALUE);
    }

    /** {@code <library id>/<file id>} */
    public String text() {
        return libraryId + "/" + fileId;
    }

    @Override
    public int compareTo(LocationKey other) {
        return ORDER.compare(this, other);
    }
}
