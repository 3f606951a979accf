package io.sluice.media.image;

/**
 * What decoded pixels tell of a picture.
 *
 * @param width in pixels, as shown: orientation applied
 * @param height likewise
 * @param format {@code jpeg, png, gif, webp, tiff, heif}
 * @param hasAlpha whether it can be transparent
 * @param colourProfile description of the embedded profile, at most 200 characters; empty without one
 * @param thumbHash at most 25 bytes
 */
public record PixelFacts(
        int width, int height, String format, boolean hasAlpha, String colourProfile, byte[] thumbHash) {}
