package io.sluice.media.rendition;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.media.asset.ContentHash;
import io.sluice.messaging.Transactions;
import io.sluice.messaging.operations.StateLineSource;

/**
 * Media's part of the state root: {@code rendition <hash> <name>@<version> <lifecycle> <bytes>}, in pages of the primary
 * key. The bytes of a transcode are in it because ffmpeg writes the same ones again for the same input: with the same
 * version of it and the same {@code sluice.video.threads}, as on one machine or in one image.
 */
@ApplicationScoped
class MediaStateLines implements StateLineSource {

    /** For the state root: on from the asset that the last page ended with. */
    static final String PAGE = "SELECT r.content_hash, " + RenditionRow.COLUMNS + """
            FROM rendition r WHERE r.content_hash > :after
            ORDER BY r.content_hash, r.name, r.profile_version LIMIT :limit""";

    private static final int LIMIT = 2000;

    private final Transactions transactions;

    MediaStateLines(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public void forEachLine(Consumer<String> sink) {
        byte[] after = new byte[0];
        for (boolean more = true; more; ) {
            List<Rendition> page = page(after);
            more = page.size() == LIMIT;
            if (more) {
                // The last asset may go on in the next page: that begins with it.
                ContentHash last = page.getLast().hash();
                page = page.stream()
                        .filter(rendition -> !rendition.hash().equals(last))
                        .toList();
                after = page.getLast().hash().bytes();
            }
            lines(page).forEach(sink);
        }
    }

    /** Rows are in the order of their columns, which is not quite that of the lines. */
    private static List<String> lines(List<Rendition> renditions) {
        List<String> lines = new ArrayList<>(renditions.size());
        for (Rendition rendition : renditions) {
            lines.add("rendition " + rendition.hash() + " " + rendition.label() + " "
                    + rendition.lifecycle().word() + " " + rendition.bytes());
        }
        lines.sort(Comparator.naturalOrder());
        return lines;
    }

    private List<Rendition> page(byte[] after) {
        return transactions.read(handle -> handle.createQuery(PAGE)
                .bind("after", after)
                .bind("limit", LIMIT)
                .map((row, context) -> RenditionRow.read(ContentHash.of(row.getBytes("content_hash")), row))
                .list());
    }
}
