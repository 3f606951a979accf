package io.sluice.media.video;

/** How a child ended. */
record Ending(int exit, LastWords said) {

    private static final int FILE_TOO_LARGE = 128 + 25;

    boolean isGood() {
        return exit == 0;
    }

    /** Larger ones than 159 are ffmpeg's own: from 7 on it ends with the low byte of an error number. */
    boolean isDeath() {
        return exit > 128 && exit < 160 && exit != FILE_TOO_LARGE
                // It caught the signal and said good bye.
                || exit == 255
                || exit == 123;
    }

    boolean wroteTooMuch() {
        return exit == FILE_TOO_LARGE || said.contain("File too large");
    }

    boolean ranOutOfMemory() {
        return said.contain("Cannot allocate memory")
                || said.contain("malloc of size")
                // x264 does not say why; its settings are always the same, so that only memory is left.
                || said.contain("Error while opening encoder for output stream #0:0");
    }

    boolean foundNoRoom() {
        return said.contain("No space left on device") || said.contain("Disk quota exceeded");
    }

    /** The shell did not find the program any more, or may not start it. */
    boolean wasNeverStarted() {
        return exit == 126 || exit == 127;
    }
}
