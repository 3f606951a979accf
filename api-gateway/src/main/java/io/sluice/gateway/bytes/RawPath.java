package io.sluice.gateway.bytes;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.net.URI;
import java.nio.file.Path;

import com.google.protobuf.ByteString;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;

/**
 * Paths from bytes. {@code Path.of(String)} would translate through the platform's charset and lose names that are not
 * in it; a file URI takes any bytes, percent-encoded (RFC 8089).
 */
final class RawPath {

    private static final String HEX = "0123456789ABCDEF";

    private RawPath() {}

    /**
     * The path below a directory.
     *
     * @param below '/' between names; empty for the directory itself
     * @throws CodedException {@code NOT_FOUND} when a name is empty, {@code .}, {@code ..} or holds a NUL
     */
    static Path resolve(Path directory, ByteString below) {
        if (below.isEmpty()) {
            return directory;
        }
        StringBuilder uri = new StringBuilder("file://")
                .append(withoutSlash(directory.toUri().getRawPath()));
        int start = 0;
        while (start <= below.size()) {
            int end = start;
            while (end < below.size() && below.byteAt(end) != '/') {
                end++;
            }
            uri.append('/');
            appendName(uri, below.substring(start, end));
            start = end + 1;
        }
        return Path.of(URI.create(uri.toString()));
    }

    private static void appendName(StringBuilder uri, ByteString name) {
        if (name.isEmpty()
                || name.equals(ByteString.copyFrom(".", US_ASCII))
                || name.equals(ByteString.copyFrom("..", US_ASCII))) {
            throw refused();
        }
        for (int i = 0; i < name.size(); i++) {
            int octet = name.byteAt(i) & 0xff;
            if (octet == 0) {
                throw refused();
            }
            uri.append('%').append(HEX.charAt(octet >>> 4)).append(HEX.charAt(octet & 15));
        }
    }

    private static CodedException refused() {
        return new CodedException(ErrorCode.NOT_FOUND, "This path does not name a file in its library.");
    }

    private static String withoutSlash(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}
