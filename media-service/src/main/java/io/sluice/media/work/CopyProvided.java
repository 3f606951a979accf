package io.sluice.media.work;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.media.MediaMetrics;
import io.sluice.media.asset.ProvidedFile;
import io.sluice.media.image.ImageDecoders;
import io.sluice.media.image.LadderAnswer;
import io.sluice.media.image.PixelFacts;
import io.sluice.media.profile.ProvidedName;
import io.sluice.media.store.RenditionStore;
import io.sluice.media.store.RenditionWrite;

/** Copies one ready-made file into the store as it is, once its copy has proved to be what its name promises. */
@ApplicationScoped
class CopyProvided {

    /** A cover has 100 KB to 5 MB, a transcript less; what is larger is something else under that name. */
    private static final long LARGEST = 64L << 20;

    /** Small: it is decoded to know that it can be. */
    private static final int BOX = 250;

    /** What is text; all other names are pictures. */
    private static final Set<String> TEXTS = Set.of("transcript", "cloud_package");

    private final ImageDecoders decoders;
    private final RenditionStore store;
    private final MediaMetrics metrics;

    CopyProvided(ImageDecoders decoders, RenditionStore store, MediaMetrics metrics) {
        this.decoders = decoders;
        this.store = store;
        this.metrics = metrics;
    }

    /**
     * @param lost ends it early
     * @throws CodedException when it could not be tried, broke down, or the file is not what it was
     */
    ImageResult copy(ImageTarget.Provided target, ProvidedFile provided, Original file, BooleanSupplier lost) {
        long size = provided.location().stat().getSize();
        if (size > LARGEST) {
            return new ImageResult.Unsupported(
                    ErrorCode.FORMAT_REFUSED,
                    "The file has %d MB; one that is provided may have %d".formatted(size >> 20, LARGEST >> 20));
        }
        try (RenditionWrite write = store.open(target.hash(), ProvidedName.fileName(target.name()))) {
            CopyFile.copy(file.file(), write.temporaryFile(), size);
            file.requireUnchanged();
            // The copy is what is judged: nobody else writes to it.
            ImageResult judged = TEXTS.contains(target.name())
                    ? JudgeText.judge(write.temporaryFile(), size)
                    : picture(write.temporaryFile(), size);
            if (judged instanceof ImageResult.Copied) {
                MakePictures.requireLease(lost);
                write.commit();
            }
            return judged;
        }
    }

    private ImageResult picture(Path copy, long size) {
        LadderAnswer answer = metrics.decode(() -> decoders.make(copy, BOX, List.of()));
        return switch (answer) {
            case LadderAnswer.Refused(var code, var reason) -> MakePictures.refusal(code, reason);
            case LadderAnswer.Complete(PixelFacts facts, var nothing) ->
                new ImageResult.Copied(mediaType(facts), facts.width(), facts.height(), size);
        };
    }

    /** Formats are called as their media types are. */
    private static String mediaType(PixelFacts facts) {
        return "image/" + facts.format();
    }
}
