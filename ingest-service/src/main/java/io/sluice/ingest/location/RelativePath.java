package io.sluice.ingest.location;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import com.google.protobuf.ByteString;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;

/**
 * A file's path below its library's root: bytes as the file system has them, '/' between names. 1 to 4096 bytes, no
 * empty name, no {@code .} or {@code ..}, no NUL.
 */
public final class RelativePath implements Comparable<RelativePath> {

    public static final int MAX_BYTES = 4096;

    private final byte[] bytes;

    private RelativePath(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Takes a path that came from outside.
     *
     * @throws CodedException {@code INVALID_REQUEST} for one that could lead out of the library or that no table can hold
     */
    public static RelativePath of(byte[] bytes) {
        if (bytes.length == 0 || bytes.length > MAX_BYTES) {
            throw refused(bytes, "has " + bytes.length + " bytes; 1 to " + MAX_BYTES + " are possible");
        }
        int start = 0;
        for (int i = 0; i <= bytes.length; i++) {
            if (i == bytes.length || bytes[i] == '/') {
                refuseName(bytes, start, i);
                start = i + 1;
            } else if (bytes[i] == 0) {
                throw refused(bytes, "has a NUL byte");
            }
        }
        return new RelativePath(bytes.clone());
    }

    public static RelativePath of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** As it stands in our own table: judged when it was stored. */
    static RelativePath stored(byte[] bytes) {
        return new RelativePath(bytes);
    }

    private static void refuseName(byte[] path, int start, int end) {
        int length = end - start;
        if (length == 0) {
            throw refused(path, "has an empty name; it must be relative, without doubled slashes");
        }
        boolean dots = path[start] == '.' && (length == 1 || (length == 2 && path[start + 1] == '.'));
        if (dots) {
            throw refused(path, "has a name '.' or '..'");
        }
    }

    private static CodedException refused(byte[] path, String why) {
        return new CodedException(ErrorCode.INVALID_REQUEST, "Path refused: it " + why + ": " + display(path));
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    public ByteString toByteString() {
        return ByteString.copyFrom(bytes);
    }

    /** The last name, for display and for what names tell; bytes that are no UTF-8 show as U+FFFD. */
    public String fileName() {
        int slash = bytes.length - 1;
        while (slash >= 0 && bytes[slash] != '/') {
            slash--;
        }
        return new String(bytes, slash + 1, bytes.length - slash - 1, StandardCharsets.UTF_8);
    }

    /** SHA-256 of library id, '/' and path: what a table can hold unique where 4096 bytes cannot be. */
    public PathKey keyIn(String libraryId) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(libraryId.getBytes(StandardCharsets.US_ASCII));
            digest.update((byte) '/');
            digest.update(bytes);
            return new PathKey(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    private static String display(byte[] path) {
        return new String(path, 0, Math.min(path.length, 300), StandardCharsets.UTF_8);
    }

    @Override
    public int compareTo(RelativePath other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RelativePath path && Arrays.equals(bytes, path.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return display(bytes);
    }
}
