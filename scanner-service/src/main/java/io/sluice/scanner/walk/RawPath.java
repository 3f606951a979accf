package io.sluice.scanner.walk;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A path, or a part of one, as the bytes that the kernel knows. {@link Path} keeps those bytes, but its text depends on
 * the locale that the JVM was started in ({@code sun.jnu.encoding}) and is lossy for names that are not in it. File URIs
 * are the one public way in and out that loses nothing under any locale; names that are decoded without loss take a
 * shorter way.
 *
 * <p>Relative ones have no slash at either end; the empty one is the root of whatever it is relative to.
 */
public final class RawPath implements Comparable<RawPath> {

    public static final RawPath EMPTY = new RawPath(new byte[0]);

    private static final boolean UTF_8_LOCALE = "UTF-8".equals(System.getProperty("sun.jnu.encoding"));

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private final byte[] bytes;

    private RawPath(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Of bytes that came from a kernel, a table or a message. */
    public static RawPath of(byte[] bytes) {
        return bytes.length == 0 ? EMPTY : new RawPath(bytes.clone());
    }

    /** Of text that a person wrote: its UTF-8 bytes. */
    public static RawPath of(String text) {
        return of(text.getBytes(UTF_8));
    }

    /** The whole of an absolute path. */
    public static RawPath of(Path absolute) {
        byte[] whole = fromUri(absolute.toUri().getRawPath());
        int length = whole.length;
        while (length > 1 && whole[length - 1] == '/') {
            length--;
        }
        return new RawPath(Arrays.copyOf(whole, length));
    }

    /** The last name of a path. */
    public static RawPath nameOf(Path path) {
        Path name = path.getFileName();
        if (name == null) {
            return EMPTY;
        }
        String text = name.toString();
        return survives(text)
                ? new RawPath(text.getBytes(UTF_8))
                : of(path.toAbsolutePath()).lastName();
    }

    /** This directory's child of that name. */
    public RawPath child(RawPath name) {
        if (bytes.length == 0) {
            return name;
        }
        int start = bytes[bytes.length - 1] == '/' ? bytes.length : bytes.length + 1;
        byte[] joined = Arrays.copyOf(bytes, start + name.bytes.length);
        joined[start - 1] = '/';
        System.arraycopy(name.bytes, 0, joined, start, name.bytes.length);
        return new RawPath(joined);
    }

    /** The directory that it is in, {@link #EMPTY} for a single name. */
    public RawPath parent() {
        int slash = lastSlash();
        return slash < 0 ? EMPTY : new RawPath(Arrays.copyOf(bytes, slash));
    }

    public RawPath lastName() {
        int slash = lastSlash();
        return slash < 0 ? this : new RawPath(Arrays.copyOfRange(bytes, slash + 1, bytes.length));
    }

    /** What to open: this absolute path itself. */
    public Path toPath() {
        if (bytes.length == 0 || bytes[0] != '/') {
            throw new IllegalArgumentException("Not an absolute path: " + this);
        }
        StringBuilder uri = new StringBuilder("file://");
        for (byte b : bytes) {
            if (b == '/' || unreserved(b)) {
                uri.append((char) b);
            } else {
                uri.append('%').append(HEX.toHexDigits(b));
            }
        }
        return Path.of(URI.create(uri.toString()));
    }

    /** What to open: this relative path below an absolute one. */
    public Path under(RawPath root) {
        return (bytes.length == 0 ? root : root.child(this)).toPath();
    }

    public boolean isEmpty() {
        return bytes.length == 0;
    }

    public int length() {
        return bytes.length;
    }

    /** The byte at that place. */
    public byte at(int index) {
        return bytes[index];
    }

    /** A copy. */
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public int compareTo(RawPath other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RawPath path && Arrays.equals(bytes, path.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** For people; not reversible when the name is not UTF-8. */
    @Override
    public String toString() {
        return new String(bytes, UTF_8);
    }

    private int lastSlash() {
        int at = bytes.length - 1;
        while (at >= 0 && bytes[at] != '/') {
            at--;
        }
        return at;
    }

    /** Whether the name's bytes are those of its text: what could not be decoded stands there as U+FFFD. */
    private static boolean survives(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80 && (!UTF_8_LOCALE || c == '\uFFFD')) {
                return false;
            }
        }
        return true;
    }

    private static byte[] fromUri(String raw) {
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
        return Arrays.copyOf(bytes, length);
    }

    private static boolean unreserved(byte b) {
        return (b >= 'a' && b <= 'z')
                || (b >= 'A' && b <= 'Z')
                || (b >= '0' && b <= '9')
                || b == '-'
                || b == '_'
                || b == '.';
    }
}
