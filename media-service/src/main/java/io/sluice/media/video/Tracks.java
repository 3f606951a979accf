package io.sluice.media.video;

/**
 * What decides how a stream is made.
 *
 * @param container ffmpeg's first name of it: {@code mov, matroska, avi, mpegts, ...}
 * @param video index of the first video track that is no attached picture
 * @param audio index of the first audio track, {@link #NONE} without one
 * @param audioProfile ffmpeg's word, e.g. {@code LC}; empty when unknown
 * @param videoDurationMs of the video track alone; 0 when the container does not say
 * @param interlaced whether frames are two fields
 * @param highDynamicRange whether its transfer is PQ or HLG
 */
public record Tracks(
        String container,
        int video,
        int audio,
        String audioProfile,
        long videoDurationMs,
        boolean interlaced,
        boolean highDynamicRange) {

    /** No such track. */
    public static final int NONE = -1;

    boolean hasAudio() {
        return audio != NONE;
    }
}
