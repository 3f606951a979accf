package io.sluice.media.image;

import java.lang.foreign.MemorySegment;

/**
 * A decoded picture, upright, sRGB, 8 bits a band, line by line without gaps.
 *
 * @param bands 3, or 4 with alpha (not premultiplied)
 */
record Pixels(MemorySegment data, int width, int height, int bands) {

    boolean transparent() {
        return bands == 4;
    }
}
