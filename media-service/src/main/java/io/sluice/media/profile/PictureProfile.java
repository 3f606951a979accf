package io.sluice.media.profile;

/**
 * One picture: of an image, or of a video's frame.
 *
 * @param box the picture fits into a square of so many pixels; it is never enlarged
 * @param encoding of the file
 * @param quality of the encoder, 1 to 100
 */
public record PictureProfile(String name, int version, int box, Encoding encoding, int quality) implements Profile {

    public PictureProfile {
        ProfileName.check(name, version);
        if (box < 1 || quality < 1 || quality > 100) {
            throw new IllegalArgumentException(
                    "Not a picture: " + name + "@" + version + " box " + box + " quality " + quality);
        }
    }

    @Override
    public String fileName() {
        return label() + "." + encoding.extension();
    }
}
