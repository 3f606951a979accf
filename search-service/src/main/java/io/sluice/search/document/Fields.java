package io.sluice.search.document;

import java.util.List;

/** Names of the fields of documents; what a text field is called is what a client reads as a reason. */
public final class Fields {

    /** Grows with every change of what stands in a document: an index of another number is made again. */
    public static final int SCHEMA = 1;

    /** {@code a:<content hash>}, {@code c:<container id>} or {@code u:<topic>/<key>}. */
    public static final String ID = "id";

    /** asset, container, unreadable. */
    public static final String TYPE = "type";

    public static final String ASSET = "asset";
    public static final String CONTAINER = "container";
    public static final String UNREADABLE = "unreadable";

    /** On documents that may be found. */
    public static final String SHOWN = "shown";

    public static final String YES = "true";

    static final String PART_ASSET = "part.asset";
    static final String PART_FACTS = "part.facts";
    static final String PART_TEXT = "part.text";
    static final String PART_RENDITION = "part.rendition";
    static final String PART_CONTAINER = "part.container";

    public static final String NAME = "name";
    public static final String PATH = "path";
    public static final String TITLE = "title";
    public static final String CAMERA = "camera";
    public static final String LENS = "lens";
    public static final String DATE = "date";
    public static final String TEXT = "text";
    public static final String FORMAT = "format";

    /** Every field that words are looked for in. */
    public static final List<String> TEXTS = List.of(NAME, TITLE, PATH, CAMERA, LENS, DATE, TEXT, FORMAT);

    public static final String LIBRARY_IS = "library.is";
    public static final String KIND_IS = "kind.is";
    public static final String CONTAINER_IS = "container.is";
    public static final String GALLERY_IS = "gallery.is";
    public static final String CAMERA_IS = "camera.is";
    public static final String GPS_IS = "gps.is";
    public static final String YEAR_IS = "year.is";
    public static final String SIZE = "size";

    /** Milliseconds since 1970, UTC. */
    public static final String TAKEN = "taken";

    /** For the order of equally good ones. */
    public static final String HASH = "hash";

    private Fields() {}

    public static String assetId(String contentHash) {
        return "a:" + contentHash;
    }

    public static String containerId(String containerId) {
        return "c:" + containerId;
    }
}
