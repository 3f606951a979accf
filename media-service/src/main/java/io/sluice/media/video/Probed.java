package io.sluice.media.video;

import io.sluice.contract.ErrorCode;
import io.sluice.contract.media.v1.VideoFacts;

/** What a look at a container found. */
public sealed interface Probed {

    /**
     * A video that can be decoded, as far as its header says.
     *
     * @param width in pixels, as shown: turned upright, pixels made square
     * @param height likewise
     */
    record Video(VideoFacts facts, int width, int height, Tracks tracks) implements Probed {}

    /** It gives neither picture nor stream, and this is why. */
    record Refused(ErrorCode code, String reason) implements Probed {}
}
