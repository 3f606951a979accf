package io.sluice.media.work;

import io.sluice.contract.ErrorCode;

/** How video work that came to its end ended. */
public sealed interface VideoResult {

    /** The stream lies in the store now; sizes in pixels (0 when the playlist has several) and bytes. */
    record Streamed(int width, int height, long bytes) implements VideoResult {}

    /** This input can never give the stream. */
    record Unsupported(ErrorCode code, String reason) implements VideoResult {}

    /** Nothing is pending, or nothing can be made of the asset now; its next record puts the work up again. */
    record NothingToDo(String reason) implements VideoResult {}
}
