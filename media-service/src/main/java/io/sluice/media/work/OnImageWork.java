package io.sluice.media.work;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.contract.ErrorKind;
import io.sluice.media.asset.Asset;
import io.sluice.media.asset.Assets;
import io.sluice.media.asset.ContentHash;
import io.sluice.media.library.Libraries;
import io.sluice.media.library.Library;
import io.sluice.media.profile.Profile;
import io.sluice.media.profile.Profiles;
import io.sluice.media.rendition.Rendition;
import io.sluice.media.rendition.Renditions;
import io.sluice.media.store.RenditionStore;
import io.sluice.messaging.Transactions;
import io.sluice.messaging.work.ClaimedWork;
import io.sluice.messaging.work.Finished;
import io.sluice.messaging.work.Outcome;
import io.sluice.messaging.work.WorkClass;
import io.sluice.messaging.work.WorkHandler;

/** Does image work: what is pending of an asset when the work begins, from a file that is there. */
@ApplicationScoped
class OnImageWork implements WorkHandler<ImageResult> {

    private static final Logger LOG = Logger.getLogger(OnImageWork.class);

    private record Wanted(Optional<Asset> asset, List<Profile> pending, Map<String, Library> libraries) {}

    private final ImageWork work;
    private final Transactions transactions;
    private final Assets assets;
    private final Renditions renditions;
    private final Libraries libraries;
    private final RenditionStore store;
    private final OpenOriginal originals;
    private final MakePictures pictures;
    private final EndImageWork end;

    OnImageWork(
            ImageWork work,
            Transactions transactions,
            Assets assets,
            Renditions renditions,
            Libraries libraries,
            RenditionStore store,
            OpenOriginal originals,
            MakePictures pictures,
            EndImageWork end) {
        this.work = work;
        this.transactions = transactions;
        this.assets = assets;
        this.renditions = renditions;
        this.libraries = libraries;
        this.store = store;
        this.originals = originals;
        this.pictures = pictures;
        this.end = end;
    }

    @Override
    public WorkClass workClass() {
        return work.workClass();
    }

    @Override
    public List<Outcome<ImageResult>> perform(List<ClaimedWork> batch) {
        return batch.stream().map(this::perform).toList();
    }

    @Override
    public void finish(Handle tx, List<Finished<ImageResult>> finished) {
        end.end(tx, finished);
    }

    private Outcome<ImageResult> perform(ClaimedWork claimed) {
        ContentHash hash = new ContentHash(claimed.key());
        try {
            return new Outcome.Ok<>(make(hash, claimed));
        } catch (CodedException e) {
            return outcome(hash, claimed, e);
        }
    }

    private ImageResult make(ContentHash hash, ClaimedWork claimed) {
        Wanted wanted = transactions.read(handle -> wanted(handle, hash));
        Asset asset = wanted.asset().orElse(null);
        if (asset == null || !asset.live() || wanted.pending().isEmpty()) {
            return new ImageResult.NothingToDo("nothing is pending");
        }
        if (asset.present().isEmpty()) {
            return new ImageResult.NothingToDo("no file of it is present");
        }
        store.requireRoom();
        return pictures.make(hash, originals.open(asset, wanted.libraries()), wanted.pending(), claimed.lost());
    }

    private Wanted wanted(Handle handle, ContentHash hash) {
        List<Profile> pending = renditions.of(handle, List.of(hash)).getOrDefault(hash, List.of()).stream()
                .filter(Rendition::isPending)
                .flatMap(rendition -> Profiles.find(rendition.name(), rendition.profileVersion()).stream())
                .toList();
        return new Wanted(assets.find(handle, hash), pending, libraries.all(handle));
    }

    private static Outcome<ImageResult> outcome(ContentHash hash, ClaimedWork claimed, CodedException e) {
        ErrorCode code = e.code();
        String reason = String.valueOf(e.getMessage());
        boolean interrupted = code.kind() == ErrorKind.CAPACITY || code == ErrorCode.FILE_VANISHED;
        LOG.infof(
                "Image work %s content_hash=%s attempt=%d error_code=%s: %s",
                interrupted ? "waits" : "failed", hash, claimed.attempt(), code.code(), reason);
        return interrupted ? new Outcome.Interrupted<>(code, reason) : new Outcome.Failed<>(code, reason);
    }
}
