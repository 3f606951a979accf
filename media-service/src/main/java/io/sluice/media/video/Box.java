package io.sluice.media.video;

/** A width and a height in pixels. */
record Box(int width, int height) {

    /** The largest size of that shape that fits into this box turned either way for its longer side, never larger than it was. */
    Box fitted(int shownWidth, int shownHeight) {
        boolean tall = shownHeight > shownWidth;
        double scale = Math.min(
                1.0,
                Math.min(
                        (tall ? height : width) / (double) shownWidth, (tall ? width : height) / (double) shownHeight));
        return new Box(
                (int) Math.max(1, Math.round(shownWidth * scale)), (int) Math.max(1, Math.round(shownHeight * scale)));
    }

    /** H.264 in 4:2:0 has no odd sizes. */
    int evenWidth() {
        return Math.max(2, width & ~1);
    }

    int evenHeight() {
        return Math.max(2, height & ~1);
    }
}
