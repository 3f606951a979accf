package io.sluice.media.work;

import io.sluice.media.asset.ContentHash;
import io.sluice.media.rendition.Rendition;

/** What one work makes, as its key says it. */
sealed interface ImageTarget {

    ContentHash hash();

    /** Whether the row is this work's to write. */
    boolean covers(Rendition row);

    /** All pictures that are made from the original, or from a frame of it; key {@code <content hash>}. */
    record Pictures(ContentHash hash) implements ImageTarget {
        @Override
        public boolean covers(Rendition row) {
            return !row.isProvided() && !row.isStream();
        }
    }

    /**
     * One rendition that was delivered ready-made; key {@code <content hash>/<name>/<source>}, so that another file is
     * other work.
     */
    record Provided(ContentHash hash, String name, String source) implements ImageTarget {
        @Override
        public boolean covers(Rendition row) {
            return row.name().equals(name) && row.source().equals(source);
        }
    }

    static ImageTarget of(String key) {
        String[] parts = key.split("/", -1);
        ContentHash hash = new ContentHash(parts[0]);
        return parts.length == 3 ? new Provided(hash, parts[1], parts[2]) : new Pictures(hash);
    }
}
