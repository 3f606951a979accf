package io.sluice.media.plan;

import java.util.List;
import java.util.OptionalLong;
import jakarta.enterprise.context.ApplicationScoped;

import org.jdbi.v3.core.Handle;

import io.sluice.media.asset.ContentHash;
import io.sluice.media.rendition.Lifecycle;
import io.sluice.media.rendition.Rendition;
import io.sluice.media.rendition.Renditions;
import io.sluice.media.store.RenditionStore;
import io.sluice.media.work.RenditionWork;
import io.sluice.messaging.Transactions;
import io.sluice.messaging.work.Lane;
import io.sluice.messaging.work.WorkBoard;

/** Looks whether an asset's ready renditions are in the store; a lost one is made again. The store's sweep will ask it for many. */
@ApplicationScoped
public class VerifyRenditions {

    private final Transactions transactions;
    private final Renditions renditions;
    private final RenditionStore store;
    private final WorkBoard board;

    VerifyRenditions(Transactions transactions, Renditions renditions, RenditionStore store, WorkBoard board) {
        this.transactions = transactions;
        this.renditions = renditions;
        this.store = store;
        this.board = board;
    }

    /**
     * Takes renditions back to pending whose file is lost or of another size than their row says.
     *
     * @return how many
     * @throws io.sluice.contract.CodedException {@code STORE_UNAVAILABLE}, {@code STORE_FULL}: nothing is concluded from a
     *     store that is not there
     */
    public int verify(ContentHash hash) {
        store.requireRoom();
        return transactions.call(tx -> verify(tx, hash));
    }

    private int verify(Handle tx, ContentHash hash) {
        List<Rendition> lost = renditions.lock(tx, List.of(hash)).getOrDefault(hash, List.of()).stream()
                .filter(rendition -> rendition.lifecycle() == Lifecycle.READY && isLost(rendition))
                .map(Rendition::again)
                .toList();
        renditions.tell(tx, lost);
        if (!lost.isEmpty()) {
            board.submit(
                    tx,
                    lost.stream()
                            .map(rendition -> RenditionWork.request(rendition, Lane.BACKLOG))
                            .distinct()
                            .toList());
        }
        return lost.size();
    }

    /** A stream is whole when all that was put into its folder is there: its playlist and each segment. */
    private boolean isLost(Rendition rendition) {
        return rendition
                .fileName()
                .map(file -> rendition.isStream()
                        ? store.treeSize(rendition.hash(), rendition.folderName())
                        : store.size(rendition.hash(), file))
                .map(size -> !size.equals(OptionalLong.of(rendition.bytes())))
                .orElse(false);
    }
}
