package io.sluice.ingest.header;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import com.drew.imaging.FileType;
import com.drew.imaging.FileTypeDetector;

/** Tells a file's type by its first bytes; its name has no say. */
final class MediaTypeByContent {

    /** As much as the detectors look at, with the document type of Matroska. */
    private static final int LOOKED_AT = 4096;

    private MediaTypeByContent() {}

    /**
     * @param mediaType empty when it is no known format
     * @param parsed what a parser for its header is there for, else null
     */
    record Sniffed(String mediaType, @Nullable FileType parsed) {}

    static Sniffed of(InputStream file) throws IOException {
        byte[] start = file.readNBytes(LOOKED_AT);
        String ours = beyondDetector(start);
        if (!ours.isEmpty()) {
            return new Sniffed(ours, null);
        }
        FileType type = start.length == 0 ? FileType.Unknown : detect(start);
        String brand = brand(start);
        String told = type == FileType.Unknown || type.getMimeType() == null ? "" : type.getMimeType();
        String mediaType = brand.isEmpty() ? told : brand;
        return switch (type) {
            // Containers that say nothing of what is in them: no format that we know.
            case Unknown, Riff, Zip, Cfbf -> new Sniffed(brand, null);
            case Asf -> new Sniffed("video/x-ms-wmv", null);
            case Vob -> new Sniffed("video/mpeg", null);
            case Mxf -> new Sniffed("video/mxf", null);
            default -> new Sniffed(mediaType, mediaType.startsWith("image/") ? type : null);
        };
    }

    private static FileType detect(byte[] start) throws IOException {
        return FileTypeDetector.detectFileType(new ByteArrayInputStream(start));
    }

    /** What the detector of the metadata library does not know or takes for something else. */
    private static String beyondDetector(byte[] start) {
        if (startsWith(start, "OggS")) {
            return "audio/ogg";
        }
        if (startsWith(start, "ID3")) {
            return "audio/mpeg";
        }
        if (startsWith(start, "fLaC")) {
            return "audio/flac";
        }
        if (startsWith(start, "\u001aE\u00df\u00a3")) {
            return indexOf(start, "webm") ? "video/webm" : "video/x-matroska";
        }
        boolean packets = start.length > 376 && start[0] == 0x47 && start[188] == 0x47 && start[376] == 0x47;
        if (packets) {
            return "video/mp2t";
        }
        boolean jpegXl = startsWith(start, "\u00ff\n") || startsWith(start, "\0\0\0\fJXL \r\n\u0087\n");
        return jpegXl ? "image/jxl" : "";
    }

    /** ISO base media files say in their first box whose rules they follow (ISO/IEC 14496-12, {@code ftyp}). */
    private static String brand(byte[] start) {
        if (start.length < 12 || !new String(start, 4, 4, StandardCharsets.ISO_8859_1).equals("ftyp")) {
            return "";
        }
        String brand = new String(start, 8, 4, StandardCharsets.ISO_8859_1);
        return switch (brand) {
            case "heic", "heix", "heim", "heis", "hevc", "hevx" -> "image/heic";
            case "mif1", "msf1" -> "image/heif";
            case "avif", "avis" -> "image/avif";
            case "crx " -> "image/x-canon-cr3";
            case "qt  " -> "video/quicktime";
            case "M4A ", "M4B ", "M4P " -> "audio/mp4";
            default -> brand.startsWith("3g") ? "video/3gpp" : "video/mp4";
        };
    }

    private static boolean startsWith(byte[] bytes, String latin) {
        byte[] start = latin.getBytes(StandardCharsets.ISO_8859_1);
        return bytes.length >= start.length && Arrays.equals(bytes, 0, start.length, start, 0, start.length);
    }

    private static boolean indexOf(byte[] bytes, String latin) {
        return new String(bytes, StandardCharsets.ISO_8859_1).indexOf(latin) >= 0;
    }
}
