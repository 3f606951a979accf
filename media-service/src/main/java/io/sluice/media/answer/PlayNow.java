package io.sluice.media.answer;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import jakarta.enterprise.context.ApplicationScoped;

import org.jdbi.v3.core.Handle;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.contract.media.v1.AssetRenditions;
import io.sluice.contract.media.v1.RenditionLifecycle;
import io.sluice.contract.media.v1.RenditionState;
import io.sluice.contract.media.v1.StoredRendition;
import io.sluice.media.asset.Asset;
import io.sluice.media.asset.Assets;
import io.sluice.media.asset.ContentHash;
import io.sluice.media.plan.PlanRenditions;
import io.sluice.media.profile.StreamProfile;
import io.sluice.media.rendition.Rendition;
import io.sluice.media.rendition.Renditions;
import io.sluice.media.rendition.ShowRenditions;
import io.sluice.media.work.OnVideoWork;
import io.sluice.media.work.RenditionWork;
import io.sluice.media.work.VideoWork;
import io.sluice.messaging.Transactions;
import io.sluice.messaging.work.Claim;
import io.sluice.messaging.work.Lane;
import io.sluice.messaging.work.WorkRunner;

/**
 * Makes a stream playable for somebody who waits: this process takes the work itself (law 2), under the same lease as
 * workers do, or joins the run that is under way; the answer comes with the first segment.
 */
@ApplicationScoped
class PlayNow {

    private static final Duration UNLESS_SAID = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    /** By primary keys, a few rows; who waits longer than a blink would notice. */
    private static final Duration POLL = Duration.ofMillis(100);

    private final Transactions transactions;
    private final Assets assets;
    private final Renditions renditions;
    private final PlanRenditions planner;
    private final ShowRenditions shown;
    private final WorkRunner runner;
    private final OnVideoWork handler;
    private final VideoWork work;

    PlayNow(
            Transactions transactions,
            Assets assets,
            Renditions renditions,
            PlanRenditions planner,
            ShowRenditions shown,
            WorkRunner runner,
            OnVideoWork handler,
            VideoWork work) {
        this.transactions = transactions;
        this.assets = assets;
        this.renditions = renditions;
        this.planner = planner;
        this.shown = shown;
        this.runner = runner;
        this.handler = handler;
        this.work = work;
    }

    /**
     * @param wait for the first segment; zero for 10 s, at most 30 s
     * @return the stream that is to be played, as it is then
     * @throws CodedException {@code NOT_FOUND} when it is no live video
     */
    StoredRendition play(ContentHash hash, Duration wait) {
        long until = System.nanoTime() + limited(wait).toNanos();
        transactions.read(handle -> live(assets.find(handle, hash), hash));
        StoredRendition stream = stream(hash);
        if (isPending(stream)) {
            begin(hash);
            stream = stream(hash);
            while (isPending(stream) && System.nanoTime() < until) {
                LockSupport.parkNanos(POLL.toNanos());
                stream = stream(hash);
            }
        }
        return stream;
    }

    private static Asset live(Optional<Asset> asset, ContentHash hash) {
        return asset.filter(found -> found.live() && found.isVideo())
                .orElseThrow(() -> new CodedException(ErrorCode.NOT_FOUND, "No live video " + hash));
    }

    private static boolean isPending(StoredRendition stream) {
        return stream.getState().getLifecycle() == RenditionLifecycle.RENDITION_LIFECYCLE_PENDING;
    }

    private static Duration limited(Duration wait) {
        if (wait.isZero()) {
            return UNLESS_SAID;
        }
        return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }

    /** The best there is: ready before running before pending before none. */
    private StoredRendition stream(ContentHash hash) {
        List<StoredRendition> streams = shown.of(List.of(hash)).stream()
                .map(AssetRenditions::getRenditionsList)
                .flatMap(List::stream)
                .filter(rendition -> rendition.getState().getName().equals(StreamProfile.NAME))
                .toList();
        return streams.stream().min(Comparator.comparing(PlayNow::rank)).orElseGet(() -> StoredRendition.newBuilder()
                .setState(RenditionState.newBuilder()
                        .setContentHash(hash.byteString())
                        .setName(StreamProfile.NAME)
                        .setLifecycle(RenditionLifecycle.RENDITION_LIFECYCLE_PENDING))
                .build());
    }

    private static int rank(StoredRendition stream) {
        return switch (stream.getState().getLifecycle()) {
            case RENDITION_LIFECYCLE_READY -> 0;
            case RENDITION_LIFECYCLE_RUNNING -> 1;
            case RENDITION_LIFECYCLE_PENDING -> 2;
            case RENDITION_LIFECYCLE_FAILED -> 3;
            case RENDITION_LIFECYCLE_UNSUPPORTED, RENDITION_LIFECYCLE_UNSPECIFIED, UNRECOGNIZED -> 4;
        };
    }

    /** Takes the work, or has it done next by whoever has room; one that runs is joined by waiting. */
    private void begin(ContentHash hash) {
        Optional<Rendition> pending = transactions.read(handle -> pending(handle, hash));
        if (pending.isEmpty() || !claim(pending.get())) {
            transactions.call(tx -> plan(tx, hash)).ifPresent(this::claim);
        }
    }

    /** Whether there is such work. */
    private boolean claim(Rendition stream) {
        return work.interactive() > 0
                && !(runner.claimNow(handler, RenditionWork.keyOf(stream), work.interactive()) instanceof Claim.NoWork);
    }

    /** Puts up what is missing, also of a video that was told before streams were made. */
    private Optional<Rendition> plan(Handle tx, ContentHash hash) {
        planner.plan(tx, List.of(live(assets.lock(tx, hash), hash)), Lane.INTERACTIVE);
        return pending(tx, hash);
    }

    private Optional<Rendition> pending(Handle handle, ContentHash hash) {
        return renditions.of(handle, List.of(hash)).getOrDefault(hash, List.of()).stream()
                .filter(rendition -> rendition.isStream() && rendition.isPending())
                .min(Comparator.comparing(Rendition::profileVersion));
    }
}
