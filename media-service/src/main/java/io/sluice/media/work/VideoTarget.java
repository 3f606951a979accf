package io.sluice.media.work;

import io.sluice.media.asset.ContentHash;
import io.sluice.media.profile.Profiles;
import io.sluice.media.profile.ProvidedName;
import io.sluice.media.rendition.Rendition;

/** Which stream one work makes, as its key says it. */
sealed interface VideoTarget {

    ContentHash hash();

    /** Where the stream lies then, below the asset's folder in the store. */
    String folderName();

    int profileVersion();

    /** Whether the row is this work's to write. */
    boolean covers(Rendition row);

    /** The one that is made from the original; key {@code <content hash>}. */
    record Made(ContentHash hash) implements VideoTarget {
        @Override
        public String folderName() {
            return Profiles.STREAM.folderName();
        }

        @Override
        public int profileVersion() {
            return Profiles.STREAM.version();
        }

        @Override
        public boolean covers(Rendition row) {
            return row.isOf(Profiles.STREAM);
        }
    }

    /** The one that was delivered ready-made; key {@code <content hash>/hls/<source>}, so that another one is other work. */
    record Delivered(ContentHash hash, String source) implements VideoTarget {
        @Override
        public String folderName() {
            return ProvidedName.folderName();
        }

        @Override
        public int profileVersion() {
            return ProvidedName.VERSION;
        }

        @Override
        public boolean covers(Rendition row) {
            return row.isStream() && row.source().equals(source);
        }
    }

    static VideoTarget of(String key) {
        String[] parts = key.split("/", -1);
        ContentHash hash = new ContentHash(parts[0]);
        return parts.length == 3 ? new Delivered(hash, parts[2]) : new Made(hash);
    }
}
