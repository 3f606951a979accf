package io.sluice.media.work;

import java.util.Collection;
import java.util.List;
import jakarta.enterprise.context.ApplicationScoped;

import org.jdbi.v3.core.Handle;

import io.sluice.media.profile.PictureProfile;
import io.sluice.media.profile.Profiles;
import io.sluice.media.rendition.Renditions;
import io.sluice.media.store.RenditionStore;
import io.sluice.messaging.work.ClaimedWork;
import io.sluice.messaging.work.Finished;
import io.sluice.messaging.work.Outcome;
import io.sluice.messaging.work.WorkClass;
import io.sluice.messaging.work.WorkHandler;

/** Does image work: what is pending of an asset when the work begins, from a file that is there. */
@ApplicationScoped
class OnImageWork implements WorkHandler<ImageResult> {

    private final ImageWork work;
    private final FindWanted find;
    private final Renditions renditions;
    private final RenditionStore store;
    private final OpenOriginal originals;
    private final MakePictures pictures;
    private final CopyProvided copies;
    private final EndImageWork end;

    OnImageWork(
            ImageWork work,
            FindWanted find,
            Renditions renditions,
            RenditionStore store,
            OpenOriginal originals,
            MakePictures pictures,
            CopyProvided copies,
            EndImageWork end) {
        this.work = work;
        this.find = find;
        this.renditions = renditions;
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
        return batch.stream()
                .map(claimed -> RenditionOutcomes.of(ImageWork.NAME, claimed, () -> make(claimed)))
                .toList();
    }

    @Override
    public void finish(Handle tx, List<Finished<ImageResult>> finished) {
        end.end(tx, finished);
    }

    @Override
    public void redrive(Handle tx, Collection<String> keys) {
        renditions.takeBackFailed(
                tx,
                keys.stream().map(key -> ImageTarget.of(key).hash()).toList(),
                row -> !row.isStream() && keys.contains(RenditionWork.keyOf(row)));
    }

    private ImageResult make(ClaimedWork claimed) {
        ImageTarget target = ImageTarget.of(claimed.key());
        return find.of(target.hash(), target::covers)
                .map(wanted -> switch (target) {
                    case ImageTarget.Pictures _ -> makePictures(wanted, claimed);
                    case ImageTarget.Provided provided -> copy(provided, wanted, claimed);
                })
                .orElseGet(() -> new ImageResult.NothingToDo("nothing is pending"));
    }

    private ImageResult makePictures(Wanted wanted, ClaimedWork claimed) {
        if (wanted.asset().present().isEmpty()) {
            return new ImageResult.NothingToDo("no file of it is present");
        }
        store.requireRoom();
        List<PictureProfile> profiles = wanted.pending().stream()
                .flatMap(rendition -> Profiles.picture(rendition.name(), rendition.profileVersion()).stream())
                .toList();
        if (profiles.isEmpty()) {
            return new ImageResult.NothingToDo("nothing is pending that this release can make");
        }
        Original original = originals.open(wanted.asset(), wanted.libraries());
        return wanted.asset().isVideo()
                ? pictures.makeOfVideo(wanted.asset().hash(), original, profiles, claimed.lost())
                : pictures.make(wanted.asset().hash(), original, profiles, claimed.lost());
    }

    private ImageResult copy(ImageTarget.Provided target, Wanted wanted, ClaimedWork claimed) {
        return wanted.provided(target.name(), target.source())
                .map(file -> {
                    store.requireRoom();
                    Original original = originals.open(file.location(), wanted.libraries());
                    return copies.copy(target, file, original, claimed.lost());
                })
                .orElseGet(() -> new ImageResult.NothingToDo("another file is provided by now, or none"));
    }
}
