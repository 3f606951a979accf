package io.sluice.media.image;

import com.google.protobuf.ByteString;

import io.sluice.contract.media.v1.MediaFacts;

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
        int width, int height, String format, boolean hasAlpha, String colourProfile, byte[] thumbHash) {

    /** As other services see them, but for whose they are. */
    public MediaFacts told() {
        return MediaFacts.newBuilder()
                .setWidth(width)
                .setHeight(height)
                .setFormat(format)
                .setThumbhash(ByteString.copyFrom(thumbHash))
                .setHasAlpha(hasAlpha)
                .setColourProfile(colourProfile)
                .build();
    }
}
