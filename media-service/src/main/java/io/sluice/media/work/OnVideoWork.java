package io.sluice.media.work;

import java.util.Collection;
import java.util.List;
import jakarta.enterprise.context.ApplicationScoped;

import org.jdbi.v3.core.Handle;

import io.sluice.media.rendition.Renditions;
import io.sluice.media.store.RenditionStore;
import io.sluice.messaging.work.ClaimedWork;
import io.sluice.messaging.work.Finished;
import io.sluice.messaging.work.Outcome;
import io.sluice.messaging.work.WorkClass;
import io.sluice.messaging.work.WorkHandler;

/** Does video work: a stream that is pending when the work begins, made from the original or copied as it was delivered. */
@ApplicationScoped
public class OnVideoWork implements WorkHandler<VideoResult> {

    private final VideoWork work;
    private final FindWanted find;
    private final Renditions renditions;
    private final RenditionStore store;
    private final OpenOriginal originals;
    private final MakeStream streams;
    private final CopyStream copies;
    private final EndVideoWork end;

    OnVideoWork(
            VideoWork work,
            FindWanted find,
            Renditions renditions,
            RenditionStore store,
            OpenOriginal originals,
            MakeStream streams,
            CopyStream copies,
            EndVideoWork end) {
        this.work = work;
        this.find = find;
        this.renditions = renditions;
        this.store = store;
        this.originals = originals;
        this.streams = streams;
        this.copies = copies;
        this.end = end;
    }

    @Override
    public WorkClass workClass() {
        return work.workClass();
    }

    /** A film of hours must not keep a picture that needs the process for itself waiting. */
    @Override
    public boolean isLong() {
        return true;
    }

    @Override
    public List<Outcome<VideoResult>> perform(List<ClaimedWork> batch) {
        return batch.stream()
                .map(claimed -> RenditionOutcomes.of(VideoWork.NAME, claimed, () -> make(claimed)))
                .toList();
    }

    @Override
    public void finish(Handle tx, List<Finished<VideoResult>> finished) {
        end.end(tx, finished);
    }

    @Override
    public void redrive(Handle tx, Collection<String> keys) {
        renditions.takeBackFailed(
                tx,
                keys.stream().map(key -> VideoTarget.of(key).hash()).toList(),
                row -> row.isStream() && keys.contains(RenditionWork.keyOf(row)));
    }

    private VideoResult make(ClaimedWork claimed) {
        VideoTarget target = VideoTarget.of(claimed.key());
        return find.of(target.hash(), target::covers)
                .map(wanted -> switch (target) {
                    case VideoTarget.Made made -> make(made, wanted, claimed);
                    case VideoTarget.Delivered delivered -> copy(delivered, wanted, claimed);
                })
                .orElseGet(() -> new VideoResult.NothingToDo("nothing is pending"));
    }

    private VideoResult make(VideoTarget.Made target, Wanted wanted, ClaimedWork claimed) {
        if (wanted.asset().present().isEmpty()) {
            return new VideoResult.NothingToDo("no file of it is present");
        }
        store.requireRoom();
        return streams.make(target, originals.open(wanted.asset(), wanted.libraries()), claimed);
    }

    private VideoResult copy(VideoTarget.Delivered target, Wanted wanted, ClaimedWork claimed) {
        return wanted.provided(wanted.pending().getFirst().name(), target.source())
                .map(file -> {
                    store.requireRoom();
                    return copies.copy(target, file, wanted, claimed);
                })
                .orElseGet(() -> new VideoResult.NothingToDo("another stream is provided by now, or none"));
    }
}
