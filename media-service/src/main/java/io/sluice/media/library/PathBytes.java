package io.sluice.media.library;

import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A path is bytes, and Java's {@link Path} keeps them, but its text forms depend on the locale the JVM was started in.
 * File URIs are the one public way in and out that loses nothing.
 */
public final class PathBytes {

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private PathBytes() {}

    /** @throws IllegalArgumentException when the bytes are no absolute path */
    public static Path absolute(byte[] path) {
        if (path.length == 0 || path[0] != '/') {
            throw new IllegalArgumentException("Not an absolute path");
        }
        StringBuilder uri = new StringBuilder("file://");
        for (byte b : path) {
            if (b == '/' || isUnreserved(b)) {
                uri.append((char) b);
            } else {
                uri.append('%').append(HEX.toHexDigits(b));
            }
        }
        return Path.of(URI.create(uri.toString()));
    }

    /** The path as the kernel sees it, absolute, without a slash at its end. */
    public static byte[] of(Path path) {
        String raw = path.toAbsolutePath().toUri().getRawPath();
        byte[] bytes = new byte[raw.length()];
        int length = 0;
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '%') {
                bytes[length++] = (byte) HexFormat.fromHexDigits(raw, i + 1, i + 3);
                i += 2;
            } else {
                bytes[length++] = (byte) c;
            }
        }
        while (length > 1 && bytes[length - 1] == '/') {
            length--;
        }
        return Arrays.copyOf(bytes, length);
    }

    private static boolean isUnreserved(byte b) {
        return (b >= 'a' && b <= 'z')
                || (b >= 'A' && b <= 'Z')
                || (b >= '0' && b <= '9')
                || b == '-'
                || b == '_'
                || b == '.';
    }
}
