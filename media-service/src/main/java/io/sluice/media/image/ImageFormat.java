package io.sluice.media.image;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The formats that are decoded, told by their first bytes; libvips would try far more. */
enum ImageFormat {
    JPEG,
    PNG,
    GIF,
    WEBP,
    TIFF,
    HEIF;

    /** So many bytes tell. */
    static final int HEAD = 12;

    private static final Set<String> HEIF_BRANDS =
            Set.of("heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1", "avif", "avis");

    /** As facts tell it. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The format of a file that starts so.
     *
     * @param head the first {@link #HEAD} bytes, fewer when the file has fewer
     */
    static Optional<ImageFormat> of(byte[] head) {
        String text = new String(head, StandardCharsets.ISO_8859_1);
        if (text.startsWith("\u00ff\u00d8\u00ff")) {
            return Optional.of(JPEG);
        }
        if (text.startsWith("\u0089PNG\r\n\u001a\n")) {
            return Optional.of(PNG);
        }
        if (text.startsWith("GIF87a") || text.startsWith("GIF89a")) {
            return Optional.of(GIF);
        }
        if (text.startsWith("RIFF") && text.startsWith("WEBP", 8)) {
            return Optional.of(WEBP);
        }
        if (isTiff(head)) {
            return Optional.of(TIFF);
        }
        if (text.startsWith("ftyp", 4) && text.length() >= HEAD && HEIF_BRANDS.contains(text.substring(8, HEAD))) {
            return Optional.of(HEIF);
        }
        return Optional.empty();
    }

    /** Both byte orders, classic (42) and BigTIFF (43). */
    private static boolean isTiff(byte[] head) {
        byte[] magic = Arrays.copyOf(head, 4);
        return Arrays.equals(magic, new byte[] {'I', 'I', 42, 0})
                || Arrays.equals(magic, new byte[] {'M', 'M', 0, 42})
                || Arrays.equals(magic, new byte[] {'I', 'I', 43, 0})
                || Arrays.equals(magic, new byte[] {'M', 'M', 0, 43});
    }
}
