package io.sluice.media.work;

import java.util.List;

import io.sluice.contract.ErrorCode;
import io.sluice.contract.media.v1.MediaFacts;
import io.sluice.media.profile.PictureProfile;

/** How image work that came to its end ended. */
public sealed interface ImageResult {

    /** A picture that lies in the store now; sizes in pixels and bytes. */
    record Picture(PictureProfile profile, int width, int height, long bytes) {}

    /** All that was pending is there; the facts do not say yet whose they are. */
    record Made(MediaFacts facts, List<Picture> pictures) implements ImageResult {}

    /** A ready-made rendition lies in the store now as it came; sizes in pixels and bytes. */
    record Copied(String mediaType, int width, int height, long bytes) implements ImageResult {}

    /** This input can never give what is pending. */
    record Unsupported(ErrorCode code, String reason) implements ImageResult {}

    /** Nothing is pending, or nothing can be made of the asset now; its next record puts the work up again. */
    record NothingToDo(String reason) implements ImageResult {}
}
