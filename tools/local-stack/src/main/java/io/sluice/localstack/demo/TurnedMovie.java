package io.sluice.localstack.demo;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Writes into an MP4 that its first track is to be turned by a quarter clockwise when it is shown: the matrix of its
 * track header (ISO/IEC 14496-12, 8.3.2). By hand, because ffmpeg's option for it changes with every release.
 */
final class TurnedMovie {

    private static final byte[] TRACK_HEADER = "tkhd".getBytes(StandardCharsets.US_ASCII);

    /** From the box's name, in its version 0: times, id, duration, layer, volume stand before the matrix. */
    private static final int TO_MATRIX = 44;

    private static final int ONE = 1 << 16;

    private TurnedMovie() {}

    /** @param height of the stored picture */
    static byte[] byQuarter(byte[] movie, int height) {
        byte[] turned = movie.clone();
        int[] matrix = {0, ONE, 0, -ONE, 0, 0, height * ONE, 0, 1 << 30};
        ByteBuffer at = ByteBuffer.wrap(turned).position(trackHeader(movie) + TO_MATRIX);
        for (int number : matrix) {
            at.putInt(number);
        }
        return turned;
    }

    private static int trackHeader(byte[] movie) {
        for (int at = 0; at + TO_MATRIX < movie.length; at++) {
            int same = 0;
            while (same < TRACK_HEADER.length && movie[at + same] == TRACK_HEADER[same]) {
                same++;
            }
            if (same == TRACK_HEADER.length && movie[at + same] == 0) {
                return at;
            }
        }
        throw new IllegalArgumentException("No track header in this file");
    }
}
