package io.sluice.ingest.handover;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Gathers entries into chunks of one transaction. */
final class ItemChunks {

    /** Rows of one transaction: more gain little, and hold the batch's lock longer. */
    static final int MOST_ITEMS = 1_000;

    /** A chunk of containers with many members is large sooner. */
    private static final int MOST_MEMBERS = 50_000;

    private final Consumer<List<ManifestItem>> sink;
    private List<ManifestItem> chunk = new ArrayList<>();
    private int members;

    ItemChunks(Consumer<List<ManifestItem>> sink) {
        this.sink = sink;
    }

    void add(ManifestItem item) {
        chunk.add(item);
        members += item.members().size();
        if (chunk.size() == MOST_ITEMS || members > MOST_MEMBERS) {
            flush();
        }
    }

    /** Hands on what was gathered. */
    void flush() {
        List<ManifestItem> whole = chunk;
        chunk = new ArrayList<>();
        members = 0;
        if (!whole.isEmpty()) {
            sink.accept(whole);
        }
    }
}
