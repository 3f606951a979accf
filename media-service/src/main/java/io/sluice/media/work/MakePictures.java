package io.sluice.media.work;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.contract.media.v1.MediaFacts;
import io.sluice.media.MediaMetrics;
import io.sluice.media.asset.ContentHash;
import io.sluice.media.image.ImageDecoders;
import io.sluice.media.image.LadderAnswer;
import io.sluice.media.image.LadderStep;
import io.sluice.media.image.PixelFacts;
import io.sluice.media.profile.PictureProfile;
import io.sluice.media.profile.Profiles;
import io.sluice.media.store.RenditionStore;
import io.sluice.media.store.RenditionWrite;
import io.sluice.media.video.FrameTaken;
import io.sluice.media.video.Probed;
import io.sluice.media.video.VideoTools;

/** Makes pictures of one original and puts them into the store; after the last look at the original, and all or none. */
@ApplicationScoped
class MakePictures {

    /** What every picture is made from, so that its bytes do not depend on which others are asked for. */
    private static final int BOX =
            Profiles.pictures().stream().mapToInt(PictureProfile::box).max().orElseThrow();

    private final ImageDecoders decoders;
    private final ProbeOriginal originals;
    private final RenditionStore store;
    private final VideoTools tools;
    private final MediaMetrics metrics;

    MakePictures(
            ImageDecoders decoders,
            ProbeOriginal originals,
            VideoTools tools,
            RenditionStore store,
            MediaMetrics metrics) {
        this.decoders = decoders;
        this.originals = originals;
        this.tools = tools;
        this.store = store;
        this.metrics = metrics;
    }

    /**
     * @param lost ends it early
     * @throws CodedException when it could not be tried, broke down, or the original is not what it was
     */
    ImageResult make(ContentHash hash, Original original, List<PictureProfile> profiles, BooleanSupplier lost) {
        return make(hash, original, original.file(), profiles, lost, PixelFacts::told);
    }

    /**
     * Of one frame, which is taken to a file aside first; the facts are the container's then.
     *
     * @param lost ends it early
     * @throws CodedException as {@link #make}
     */
    ImageResult makeOfVideo(ContentHash hash, Original original, List<PictureProfile> profiles, BooleanSupplier lost) {
        return switch (originals.probe(hash, original)) {
            case Probed.Refused(var code, var reason) -> refusal(code, reason);
            case Probed.Video video -> makeOfFrame(hash, original, video, profiles, lost);
        };
    }

    private ImageResult makeOfFrame(
            ContentHash hash,
            Original original,
            Probed.Video video,
            List<PictureProfile> profiles,
            BooleanSupplier lost) {
        try (RenditionWrite frame = store.open(hash, "frame")) {
            FrameTaken taken = original.unchangedOver(
                    () -> metrics.frame(() -> tools.frame(original.file(), video, frame.temporaryFile())));
            return switch (taken) {
                case FrameTaken.Refused(var code, var reason) -> refusal(code, reason);
                case FrameTaken.Taken _ ->
                    make(hash, original, frame.temporaryFile(), profiles, lost, pixels -> facts(video, pixels));
            };
        }
    }

    private ImageResult make(
            ContentHash hash,
            Original original,
            Path picture,
            List<PictureProfile> profiles,
            BooleanSupplier lost,
            Function<PixelFacts, MediaFacts> facts) {
        List<RenditionWrite> writes = new ArrayList<>();
        try {
            List<LadderStep> steps = new ArrayList<>();
            for (PictureProfile profile : profiles) {
                RenditionWrite write = store.open(hash, profile);
                writes.add(write);
                steps.add(new LadderStep(profile.box(), profile.encoding(), profile.quality(), write.temporaryFile()));
            }
            LadderAnswer answer =
                    original.unchangedOver(() -> metrics.decode(() -> decoders.make(picture, BOX, steps)));
            return switch (answer) {
                case LadderAnswer.Complete complete -> {
                    requireLease(lost);
                    writes.forEach(RenditionWrite::commit);
                    yield new ImageResult.Made(facts.apply(complete.facts()), pictures(profiles, complete));
                }
                case LadderAnswer.Refused(var code, var reason) -> refusal(code, reason);
            };
        } finally {
            writes.forEach(RenditionWrite::close);
        }
    }

    /** What the frame tells of the film: its thumbhash. */
    private static MediaFacts facts(Probed.Video video, PixelFacts frame) {
        return frame.told().toBuilder()
                .setWidth(video.width())
                .setHeight(video.height())
                .setFormat(video.tracks().container())
                .setVideo(video.facts())
                .build();
    }

    static void requireLease(BooleanSupplier lost) {
        if (lost.getAsBoolean()) {
            throw new CodedException(ErrorCode.INTERRUPTED, "Stopped before its pictures were stored");
        }
    }

    private static List<ImageResult.Picture> pictures(List<PictureProfile> profiles, LadderAnswer.Complete complete) {
        List<ImageResult.Picture> pictures = new ArrayList<>();
        for (int i = 0; i < profiles.size(); i++) {
            LadderAnswer.Made made = complete.made().get(i);
            pictures.add(new ImageResult.Picture(profiles.get(i), made.width(), made.height(), made.bytes()));
        }
        return List.copyOf(pictures);
    }

    /** What the bytes themselves forbid is an answer; everything else is a failure of this attempt. */
    static ImageResult refusal(ErrorCode code, String reason) {
        return switch (code) {
            case FILE_EMPTY,
                    NOT_AN_IMAGE,
                    FORMAT_REFUSED,
                    TOO_MANY_PIXELS,
                    NOT_A_VIDEO,
                    VIDEO_DAMAGED,
                    VIDEO_TOO_LARGE -> new ImageResult.Unsupported(code, reason);
            case FILE_VANISHED -> throw new CodedException(ErrorCode.SOURCE_CHANGED, reason);
            default -> throw new CodedException(code, reason);
        };
    }
}
