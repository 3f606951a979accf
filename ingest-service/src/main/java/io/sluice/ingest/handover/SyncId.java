package io.sluice.ingest.handover;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;

/**
 * What a bundle is called: the name of its two files without their ending, a UUID when the upstream keeps its word. As
 * text every byte that is not A-Z a-z 0-9 . _ - stands as {@code %XX}.
 */
public record SyncId(String text) implements Comparable<SyncId> {

    /** What the table holds; a name that is longer so written is cut off by nobody: it is refused. */
    public static final int LONGEST = 255;

    private static final Pattern TEXT = Pattern.compile("(?:[A-Za-z0-9._-]|%[0-9A-F]{2})+");

    /** As RFC 9562 writes it, in lower case: names of files are compared by their bytes. */
    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private static final String HEX = "0123456789ABCDEF";

    /** @throws CodedException {@code INVALID_REQUEST} for a text that no bundle can have */
    public SyncId {
        if (text.length() > LONGEST || !TEXT.matcher(text).matches()) {
            throw new CodedException(
                    ErrorCode.INVALID_REQUEST,
                    "A sync id is a bundle's file name without its ending, percent-encoded where it is not"
                            + " A-Z a-z 0-9 . _ -, of at most " + LONGEST + " characters; this is none: "
                            + text.substring(0, Math.min(text.length(), LONGEST)));
        }
    }

    /**
     * @param name bytes as the file system has them
     * @throws CodedException {@code INVALID_REQUEST} for a name that is too long to be kept
     */
    public static SyncId ofName(byte[] name) {
        StringBuilder text = new StringBuilder(name.length);
        for (byte b : name) {
            char c = (char) (b & 0xff);
            if (c < 0x80 && (Character.isLetterOrDigit(c) || c == '.' || c == '_' || c == '-')) {
                text.append(c);
            } else {
                text.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
            }
        }
        return new SyncId(text.toString());
    }

    /** Whether it is one that a manifest may carry. */
    public static boolean isUuid(String text) {
        return UUID.matcher(text).matches();
    }

    public boolean isUuid() {
        return isUuid(text);
    }

    /** The file name's bytes again. */
    public byte[] name() {
        byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
        byte[] name = new byte[ascii.length];
        int length = 0;
        for (int i = 0; i < ascii.length; i++) {
            if (ascii[i] == '%') {
                name[length++] = (byte) Integer.parseInt(text, i + 1, i + 3, 16);
                i += 2;
            } else {
                name[length++] = ascii[i];
            }
        }
        return Arrays.copyOf(name, length);
    }

    @Override
    public int compareTo(SyncId other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
