package io.sluice.media.image;

/** libvips refused; the message is what it said, on one line. */
final class VipsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    VipsException(String message) {
        super(message);
    }
}
