package io.sluice.media.image;

import java.util.List;

import io.sluice.contract.ErrorCode;

/** What became of a picture: all of its steps are there, or none. */
public sealed interface LadderAnswer {

    /** What a step made; sizes in pixels and bytes. */
    record Made(int width, int height, long bytes) {}

    /** Every step's file is written and synced, in the order they were asked for. */
    record Complete(PixelFacts facts, List<Made> made) implements LadderAnswer {}

    /** Nothing was made, and this is why. */
    record Refused(ErrorCode code, String reason) implements LadderAnswer {}
}
