package io.sluice.scanner.inventory;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

import io.sluice.scanner.library.LibraryId;
import io.sluice.scanner.walk.RawPath;

/** A path of a library in 32 bytes, for the index that lets one file hold it: SHA-256 of library id and path. */
final class PathKey {

    private PathKey() {}

    static byte[] of(LibraryId library, RawPath path) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(ByteBuffer.allocate(16)
                    .putLong(library.value().getMostSignificantBits())
                    .putLong(library.value().getLeastSignificantBits())
                    .flip());
            return sha256.digest(path.bytes());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
