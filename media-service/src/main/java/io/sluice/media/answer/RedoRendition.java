package io.sluice.media.answer;

import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.contract.media.v1.RenditionState;
import io.sluice.media.asset.Asset;
import io.sluice.media.asset.Assets;
import io.sluice.media.asset.ContentHash;
import io.sluice.media.rendition.Rendition;
import io.sluice.media.rendition.Renditions;
import io.sluice.media.work.RenditionWork;
import io.sluice.messaging.work.Lane;
import io.sluice.messaging.work.WorkBoard;

/** Has a rendition made once more because a person asks: its row is pending again, the file stays until another is there. */
@ApplicationScoped
class RedoRendition {

    private static final Logger LOG = Logger.getLogger(RedoRendition.class);

    private final Assets assets;
    private final Renditions renditions;
    private final WorkBoard board;

    RedoRendition(Assets assets, Renditions renditions, WorkBoard board) {
        this.assets = assets;
        this.renditions = renditions;
        this.board = board;
    }

    /**
     * The newest that is made under that name, and the one that was delivered under it.
     *
     * @param expectedVersion of the newest of the asset's renditions, as the caller saw them; null for whichever it is
     * @return as they are told now
     * @throws CodedException {@code PRECONDITION_FAILED}; {@code NOT_FOUND} when the asset is not there or has none of that name, {@code CONFLICT}
     *     when there is no file to make it from
     */
    List<RenditionState> redo(
            Handle tx, ContentHash hash, String name, @Nullable Long expectedVersion, String requestedBy) {
        tx.afterCommit(() ->
                LOG.infof("A rendition is made once more content_hash=%s rendition=%s by=%s", hash, name, requestedBy));
        Asset asset = assets.lock(tx, hash)
                .filter(Asset::live)
                .orElseThrow(() -> new CodedException(ErrorCode.NOT_FOUND, "No live asset " + hash));
        List<Rendition> all = renditions.lock(tx, List.of(hash)).getOrDefault(hash, List.of());
        ensureVersion(all, expectedVersion);
        List<Rendition> named =
                all.stream().filter(rendition -> rendition.name().equals(name)).toList();
        List<Rendition> chosen = named.stream()
                .filter(isNewestMade(named).or(Rendition::isProvided))
                .toList();
        if (chosen.isEmpty()) {
            throw new CodedException(ErrorCode.NOT_FOUND, "Asset " + hash + " has no rendition " + name);
        }
        List<Rendition> possible = chosen.stream()
                .filter(rendition -> isPossible(asset, rendition))
                .toList();
        if (possible.isEmpty()) {
            throw new CodedException(
                    ErrorCode.CONFLICT,
                    "No file is there that it could be made from; it can be asked for once a scan has found one");
        }
        List<Rendition> told =
                renditions.tell(tx, possible.stream().map(Rendition::again).toList());
        board.submit(
                tx,
                told.stream()
                        .map(rendition -> RenditionWork.request(rendition, Lane.FRESH))
                        .distinct()
                        .toList());
        return told.stream().map(Rendition::state).toList();
    }

    private static void ensureVersion(List<Rendition> all, @Nullable Long expected) {
        long newest = all.stream().mapToLong(Rendition::version).max().orElse(0);
        if (expected != null && expected != newest) {
            throw new CodedException(
                    ErrorCode.PRECONDITION_FAILED,
                    "The asset's renditions have changed since you looked. Get them again, and ask once more if you still"
                            + " want to.");
        }
    }

    private static Predicate<Rendition> isNewestMade(List<Rendition> named) {
        return named.stream()
                .filter(rendition -> !rendition.isProvided())
                .max(Comparator.comparing(Rendition::profileVersion))
                .map(newest -> (Predicate<Rendition>) newest::equals)
                .orElse(rendition -> false);
    }

    private static boolean isPossible(Asset asset, Rendition rendition) {
        return rendition.isProvided()
                ? asset.provided().stream().anyMatch(file -> file.source().equals(rendition.source()))
                : !asset.present().isEmpty();
    }
}
