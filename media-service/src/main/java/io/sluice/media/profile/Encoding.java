package io.sluice.media.profile;

/** How a picture is written to a file. */
public enum Encoding {
    JPEG("image/jpeg", "jpg"),
    WEBP("image/webp", "webp");

    private final String mediaType;
    private final String extension;

    Encoding(String mediaType, String extension) {
        this.mediaType = mediaType;
        this.extension = extension;
    }

    public String mediaType() {
        return mediaType;
    }

    /** Without a dot, lower case. */
    public String extension() {
        return extension;
    }
}
