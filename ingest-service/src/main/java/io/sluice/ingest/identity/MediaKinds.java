package io.sluice.ingest.identity;

import static io.sluice.contract.ingest.v1.MediaKind.MEDIA_KIND_AUDIO;
import static io.sluice.contract.ingest.v1.MediaKind.MEDIA_KIND_DOCUMENT;
import static io.sluice.contract.ingest.v1.MediaKind.MEDIA_KIND_IMAGE;
import static io.sluice.contract.ingest.v1.MediaKind.MEDIA_KIND_UNSPECIFIED;
import static io.sluice.contract.ingest.v1.MediaKind.MEDIA_KIND_VIDEO;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.sluice.contract.ingest.v1.MediaKind;

/** Which kind of media a file is: its content decides; where the content is no known format, the name's extension. */
public final class MediaKinds {

    private static final Map<String, MediaKind> BY_EXTENSION = new HashMap<>();

    static {
        put(
                MEDIA_KIND_IMAGE,
                "jpg jpeg jpe jfif png gif webp bmp tif tiff heic heif avif jxl jp2 svg ico psd dng cr2 cr3 crw nef"
                        + " nrw arw srf sr2 raf rw2 orf pef srw x3f 3fr iiq");
        put(
                MEDIA_KIND_VIDEO,
                "mp4 m4v mov qt avi mkv webm mpg mpeg mpe m2v ts m2ts mts 3gp 3g2 wmv flv ogv vob mxf insv");
        put(MEDIA_KIND_AUDIO, "mp3 m4a aac flac wav ogg oga opus wma aif aiff amr");
        put(MEDIA_KIND_DOCUMENT, "pdf txt md rtf doc docx odt xls xlsx ods ppt pptx odp csv html htm epub");
    }

    private MediaKinds() {}

    private static void put(MediaKind kind, String extensions) {
        for (String extension : extensions.split(" ", -1)) {
            BY_EXTENSION.put(extension, kind);
        }
    }

    /** In lower case, in order. */
    public static List<String> extensionsOf(MediaKind kind) {
        return BY_EXTENSION.entrySet().stream()
                .filter(entry -> entry.getValue() == kind)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /**
     * @param mediaType told by the content, empty when it is no known format
     * @return unspecified when neither tells anything
     */
    public static MediaKind of(String mediaType, String fileName) {
        if (mediaType.startsWith("image/")) {
            return MEDIA_KIND_IMAGE;
        }
        if (mediaType.startsWith("video/")) {
            return MEDIA_KIND_VIDEO;
        }
        if (mediaType.startsWith("audio/")) {
            return MEDIA_KIND_AUDIO;
        }
        if (!mediaType.isEmpty()) {
            return MEDIA_KIND_DOCUMENT;
        }
        return byName(fileName);
    }

    /** What the extension of a name tells; unspecified when it tells nothing. */
    public static MediaKind byName(String fileName) {
        String extension = fileName.substring(fileName.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return BY_EXTENSION.getOrDefault(extension, MEDIA_KIND_UNSPECIFIED);
    }
}
