package io.sluice.ingest.handover;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.sluice.ingest.identity.ExternalHash;

/** Entries go on in the order in which they came, never more than a transaction should hold. */
class ItemChunksTest {

    private final List<List<ManifestItem>> chunks = new ArrayList<>();
    private final ItemChunks gathered = new ItemChunks(chunks::add);

    @Test
    void aThousandEntriesAreAChunk() {
        for (int i = 0; i < 2_500; i++) {
            gathered.add(item(i, 0));
        }
        assertThat(chunks).hasSize(2);
        gathered.flush();
        gathered.flush();
        assertThat(chunks).extracting(List::size).containsExactly(1_000, 1_000, 500);
        assertThat(chunks.stream().flatMap(List::stream))
                .extracting(ManifestItem::position)
                .isSorted();
    }

    @Test
    void containersOfManyMembersMakeChunksShorter() {
        for (int i = 0; i < 4; i++) {
            gathered.add(item(i, 30_000));
        }
        assertThat(chunks).extracting(List::size).containsExactly(2, 2);
    }

    private static ManifestItem item(int position, int members) {
        ExternalHash hash = ExternalHash.of(new byte[ExternalHash.BYTES]);
        return new ManifestItem(
                position,
                "collection",
                "",
                hash,
                null,
                null,
                null,
                null,
                "",
                "",
                null,
                Collections.nCopies(members, hash),
                Deliverables.NONE,
                null);
    }
}
