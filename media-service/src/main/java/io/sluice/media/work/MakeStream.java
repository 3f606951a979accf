package io.sluice.media.work;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.media.MediaMetrics;
import io.sluice.media.rendition.RunningStreams;
import io.sluice.media.store.RenditionStore;
import io.sluice.media.store.TreeWrite;
import io.sluice.media.video.Probed;
import io.sluice.media.video.StreamMade;
import io.sluice.media.video.StreamPlan;
import io.sluice.media.video.VideoTools;
import io.sluice.messaging.work.ClaimedWork;

/** Makes the stream of an original in a folder that can be played from while it grows; whole, or not at all. */
@ApplicationScoped
class MakeStream {

    private static final Logger LOG = Logger.getLogger(MakeStream.class);

    private final ProbeOriginal originals;
    private final VideoTools tools;
    private final RenditionStore store;
    private final RunningStreams running;
    private final MediaMetrics metrics;

    MakeStream(
            ProbeOriginal originals,
            VideoTools tools,
            RenditionStore store,
            RunningStreams running,
            MediaMetrics metrics) {
        this.originals = originals;
        this.tools = tools;
        this.store = store;
        this.running = running;
        this.metrics = metrics;
    }

    /** @throws CodedException when it could not be tried, broke down, or the original is not what it was */
    VideoResult make(VideoTarget.Made target, Original original, ClaimedWork claimed) {
        return switch (originals.probe(target.hash(), original)) {
            case Probed.Refused(var code, var reason) -> refusal(code, reason);
            case Probed.Video video -> make(target, original, video, claimed);
        };
    }

    private VideoResult make(VideoTarget.Made target, Original original, Probed.Video video, ClaimedWork claimed) {
        StreamPlan plan = tools.plan(video);
        LOG.infof(
                "Making a stream by %s content_hash=%s duration_ms=%d",
                plan.label(), target.hash(), video.facts().getDurationMs());
        try (TreeWrite tree = store.openTree(target.hash(), target.folderName(), claimed.leaseToken())) {
            TellProgress progress = new TellProgress(running, target, claimed, tree.folderName());
            StreamMade made = original.unchangedOver(() -> metrics.stream(
                    plan, () -> tools.make(plan, video, original.file(), tree.folder(), progress, claimed.lost())));
            return switch (made) {
                case StreamMade.Refused(var code, var reason) -> refusal(code, reason);
                case StreamMade.Made stream -> {
                    MakePictures.requireLease(claimed.lost());
                    yield new VideoResult.Streamed(stream.width(), stream.height(), tree.commit());
                }
            };
        }
    }

    /** What the bytes themselves forbid is an answer; everything else is a failure of this attempt. */
    static VideoResult refusal(ErrorCode code, String reason) {
        return switch (code) {
            case FILE_EMPTY, FORMAT_REFUSED, NOT_A_VIDEO, VIDEO_DAMAGED, VIDEO_TOO_LARGE, PLAYLIST_INVALID ->
                new VideoResult.Unsupported(code, reason);
            case FILE_VANISHED -> throw new CodedException(ErrorCode.SOURCE_CHANGED, reason);
            default -> throw new CodedException(code, reason);
        };
    }
}
