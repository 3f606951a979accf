package io.sluice.media.work;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.media.MediaMetrics;
import io.sluice.media.asset.ContentHash;
import io.sluice.media.image.ImageDecoders;
import io.sluice.media.image.LadderAnswer;
import io.sluice.media.image.LadderStep;
import io.sluice.media.profile.Profile;
import io.sluice.media.profile.Profiles;
import io.sluice.media.store.RenditionStore;
import io.sluice.media.store.RenditionWrite;

/** Makes pictures of one original and puts them into the store; after the last look at the original, and all or none. */
@ApplicationScoped
class MakePictures {

    /** What every picture is made from, so that its bytes do not depend on which others are asked for. */
    private static final int BOX =
            Profiles.ofImages().stream().mapToInt(Profile::box).max().orElseThrow();

    private final ImageDecoders decoders;
    private final RenditionStore store;
    private final MediaMetrics metrics;

    MakePictures(ImageDecoders decoders, RenditionStore store, MediaMetrics metrics) {
        this.decoders = decoders;
        this.store = store;
        this.metrics = metrics;
    }

    /**
     * @param lost ends it early
     * @throws CodedException when it could not be tried, broke down, or the original is not what it was
     */
    ImageResult make(ContentHash hash, Original original, List<Profile> profiles, BooleanSupplier lost) {
        List<RenditionWrite> writes = new ArrayList<>();
        try {
            List<LadderStep> steps = new ArrayList<>();
            for (Profile profile : profiles) {
                RenditionWrite write = store.open(hash, profile);
                writes.add(write);
                steps.add(new LadderStep(profile.box(), profile.encoding(), profile.quality(), write.temporaryFile()));
            }
            LadderAnswer answer = decode(original, steps);
            original.requireUnchanged();
            return switch (answer) {
                case LadderAnswer.Complete complete -> {
                    requireLease(lost);
                    writes.forEach(RenditionWrite::commit);
                    yield new ImageResult.Made(complete.facts(), pictures(profiles, complete));
                }
                case LadderAnswer.Refused refused -> refusal(refused);
            };
        } finally {
            writes.forEach(RenditionWrite::close);
        }
    }

    private LadderAnswer decode(Original original, List<LadderStep> steps) {
        try {
            return metrics.decode(() -> decoders.make(original.file(), BOX, steps));
        } catch (CodedException e) {
            // What died over a file that was being written says nothing of the asset.
            original.requireUnchanged();
            throw e;
        }
    }

    static void requireLease(BooleanSupplier lost) {
        if (lost.getAsBoolean()) {
            throw new CodedException(ErrorCode.INTERRUPTED, "Stopped before its pictures were stored");
        }
    }

    private static List<ImageResult.Picture> pictures(List<Profile> profiles, LadderAnswer.Complete complete) {
        List<ImageResult.Picture> pictures = new ArrayList<>();
        for (int i = 0; i < profiles.size(); i++) {
            LadderAnswer.Made made = complete.made().get(i);
            pictures.add(new ImageResult.Picture(profiles.get(i), made.width(), made.height(), made.bytes()));
        }
        return List.copyOf(pictures);
    }

    /** What the bytes themselves forbid is an answer; everything else is a failure of this attempt. */
    static ImageResult refusal(LadderAnswer.Refused refused) {
        return switch (refused.code()) {
            case FILE_EMPTY, NOT_AN_IMAGE, FORMAT_REFUSED, TOO_MANY_PIXELS ->
                new ImageResult.Unsupported(refused.code(), refused.reason());
            case FILE_VANISHED -> throw new CodedException(ErrorCode.SOURCE_CHANGED, refused.reason());
            default -> throw new CodedException(refused.code(), refused.reason());
        };
    }
}
