package io.sluice.gateway.bytes;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Set;

import io.sluice.contract.ingest.v1.AssetState;
import io.sluice.gateway.web.PathText;

/**
 * How an original may be shown. Only types that cannot carry scripts are shown in place; everything else, SVG, HTML and
 * PDF among it, is a download of unknown bytes to a browser.
 */
record OriginalType(String mediaType, boolean inline) {

    private static final Set<String> HARMLESS = Set.of(
            "image/jpeg",
            "image/png",
            "image/gif",
            "image/webp",
            "image/avif",
            "image/heic",
            "image/heif",
            "image/tiff",
            "image/bmp",
            "image/jxl",
            "video/mp4",
            "video/quicktime",
            "video/webm",
            "video/x-matroska",
            "audio/mpeg",
            "audio/mp4",
            "audio/ogg",
            "audio/flac");

    static OriginalType of(String told) {
        return HARMLESS.contains(told)
                ? new OriginalType(told, true)
                : new OriginalType("application/octet-stream", false);
    }

    /** RFC 6266, with the file's own name. */
    String disposition(AssetState asset) {
        String name = asset.getLocationsCount() == 0 ? "original" : fileName(asset);
        return (inline ? "inline" : "attachment") + "; filename=\"" + plain(name) + "\"; filename*=UTF-8''"
                + encoded(name);
    }

    private static String fileName(AssetState asset) {
        String path = PathText.of(asset.getLocations(0).getPath()).text();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static String plain(String name) {
        return name.replaceAll("[^A-Za-z0-9._ ()-]", "_");
    }

    /** RFC 8187: everything but attr-char is percent-encoded. */
    private static String encoded(String name) {
        StringBuilder out = new StringBuilder();
        for (byte octet : name.getBytes(UTF_8)) {
            char c = (char) (octet & 0xff);
            if (c < 128 && (Character.isLetterOrDigit(c) || "!#$&+-.^_`|~".indexOf(c) >= 0)) {
                out.append(c);
            } else {
                out.append('%').append(String.format("%02X", (int) c));
            }
        }
        return out.toString();
    }
}
