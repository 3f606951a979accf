package io.sluice.ingest.library;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Paths from bytes. A Java string cannot carry a name that is no UTF-8, a {@code file:} URI can: its escapes become the
 * bytes of the path as they are, whatever the process's locale.
 */
final class RawPaths {

    private static final String PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.~/";
    private static final String HEX = "0123456789ABCDEF";

    private RawPaths() {}

    /** Appends a relative path to a directory; nothing is followed or normalised. */
    static Path below(Path directory, byte[] relative) {
        return relative.length == 0 ? directory : below(directory.toUri(), relative);
    }

    /** As {@link #below(Path, byte[])}, for a directory whose URI is at hand. */
    static Path below(URI directory, byte[] relative) {
        StringBuilder uri = new StringBuilder(directory.toString());
        if (uri.charAt(uri.length() - 1) != '/') {
            uri.append('/');
        }
        for (byte b : relative) {
            if (b > 0 && PLAIN.indexOf(b) >= 0) {
                uri.append((char) b);
            } else {
                uri.append('%').append(HEX.charAt((b >> 4) & 15)).append(HEX.charAt(b & 15));
            }
        }
        return Path.of(URI.create(uri.toString()));
    }

    /** Whether every byte is one that any locale writes the same. */
    static boolean ascii(byte[] relative) {
        for (byte b : relative) {
            if (b <= 0) {
                return false;
            }
        }
        return true;
    }

    /** For paths of which {@link #ascii} is true: no way round by a URI. */
    static Path belowAscii(Path directory, byte[] relative) {
        return directory.resolve(new String(relative, StandardCharsets.US_ASCII));
    }
}
