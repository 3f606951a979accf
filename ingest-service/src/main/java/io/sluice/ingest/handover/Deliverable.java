package io.sluice.ingest.handover;

import java.util.Arrays;
import java.util.Optional;

/** What a video may bring ready-made. */
public enum Deliverable {
    HLS("hls", "hls"),
    TRANSCRIPT("transcript", "transcript"),
    CLOUD_PACKAGE("cloud_package", "cloud_package"),
    LIBRARY_COVER("library_cover", "cover");

    private final String field;
    private final String rendition;

    Deliverable(String field, String rendition) {
        this.field = field;
        this.rendition = rendition;
    }

    /** Its name in a manifest. */
    public String field() {
        return field;
    }

    /** The name of the rendition that it is. */
    public String rendition() {
        return rendition;
    }

    static Optional<Deliverable> ofField(String name) {
        return Arrays.stream(values()).filter(one -> one.field.equals(name)).findFirst();
    }
}
