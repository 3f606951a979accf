package io.sluice.media.video;

import io.sluice.contract.ErrorCode;

/** What became of a frame that was asked for. */
public sealed interface FrameTaken {

    /** The file is a PNG, upright, of these pixels. */
    record Taken(int width, int height) implements FrameTaken {}

    /** There is no file, and this is why. */
    record Refused(ErrorCode code, String reason) implements FrameTaken {}
}
