package io.sluice.media.video;

import io.sluice.contract.ErrorCode;

/** What became of a stream. */
public sealed interface StreamMade {

    /**
     * The folder holds the whole stream: {@code playlist.m3u8} and what it names, nothing else.
     *
     * @param width in pixels, as shown
     * @param height likewise
     * @param bytes of all files
     * @param durationMs the sum of its segments
     */
    record Made(int width, int height, long bytes, long durationMs, int segments) implements StreamMade {}

    /** The input gives no stream, and this is why; what is in the folder is of no use. */
    record Refused(ErrorCode code, String reason) implements StreamMade {}
}
