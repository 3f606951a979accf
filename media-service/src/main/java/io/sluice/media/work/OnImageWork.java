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
import io.sluice.media.asset.ProvidedFile;
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

    private record Wanted(Optional<Asset> asset, List<Rendition> pending, Map<String, Library> libraries) {}

    private final ImageWork work;
    private final Transactions transactions;
    private final Assets assets;
    private final Renditions renditions;
    private final Libraries libraries;
    private final RenditionStore store;
    private final OpenOriginal originals;
    private final MakePictures pictures;
    private final CopyProvided copies;
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
            CopyProvided copies,
            EndImageWork end) {
        this.work = work;
        this.transactions = transactions;
        this.assets = assets;
        this.renditions = renditions;
        this.libraries = libraries;
        this.store = store;
        this.originals = originals;
        this.pictures = pictures;
        this.copies = copies;
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
        ImageTarget target = ImageTarget.of(claimed.key());
        try {
            return new Outcome.Ok<>(make(target, claimed));
        } catch (CodedException e) {
            return outcome(target.hash(), claimed, e);
        }
    }

    private ImageResult make(ImageTarget target, ClaimedWork claimed) {
        Wanted wanted = transactions.read(handle -> wanted(handle, target));
        Asset asset = wanted.asset().orElse(null);
        if (asset == null || !asset.live() || wanted.pending().isEmpty()) {
            return new ImageResult.NothingToDo("nothing is pending");
        }
        return switch (target) {
            case ImageTarget.Pictures(var hash) -> makePictures(hash, asset, wanted, claimed);
            case ImageTarget.Provided provided -> copy(provided, asset, wanted, claimed);
        };
    }

    private ImageResult makePictures(ContentHash hash, Asset asset, Wanted wanted, ClaimedWork claimed) {
        if (asset.present().isEmpty()) {
            return new ImageResult.NothingToDo("no file of it is present");
        }
        store.requireRoom();
        List<Profile> profiles = wanted.pending().stream()
                .flatMap(rendition -> Profiles.find(rendition.name(), rendition.profileVersion()).stream())
                .toList();
        return profiles.isEmpty()
                ? new ImageResult.NothingToDo("nothing is pending that this release can make")
                : pictures.make(hash, originals.open(asset, wanted.libraries()), profiles, claimed.lost());
    }

    private ImageResult copy(ImageTarget.Provided target, Asset asset, Wanted wanted, ClaimedWork claimed) {
        Optional<ProvidedFile> file = asset.provided().stream()
                .filter(provided -> provided.name().equals(target.name())
                        && provided.source().equals(target.source()))
                .findFirst();
        if (file.isEmpty()) {
            return new ImageResult.NothingToDo("another file is provided by now, or none");
        }
        store.requireRoom();
        Original original = originals.open(file.get().location(), wanted.libraries());
        return copies.copy(target, file.get(), original, claimed.lost());
    }

    private Wanted wanted(Handle handle, ImageTarget target) {
        ContentHash hash = target.hash();
        List<Rendition> pending = renditions.of(handle, List.of(hash)).getOrDefault(hash, List.of()).stream()
                .filter(rendition -> rendition.isPending() && target.covers(rendition))
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
