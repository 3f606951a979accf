package io.sluice.media.profile;

import java.util.regex.Pattern;

/**
 * A named, versioned recipe for a rendition. What it makes of given bytes never changes under one version.
 *
 * @param name {@code thumbnail}, …: a lower-case letter, then those, digits and underscores; 32 at most
 * @param version from 1
 * @param box the picture fits into a square of so many pixels; it is never enlarged
 * @param encoding of the file
 * @param quality of the encoder, 1 to 100
 */
public record Profile(String name, int version, int box, Encoding encoding, int quality) {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,31}");

    public Profile {
        if (!NAME.matcher(name).matches() || version < 1 || box < 1 || quality < 1 || quality > 100) {
            throw new IllegalArgumentException(
                    "Not a profile: " + name + "@" + version + " box " + box + " quality " + quality);
        }
    }

    /** {@code <name>@<version>}, as it stands in file names, URLs and the state root. */
    public String label() {
        return name + "@" + version;
    }

    public String fileName() {
        return label() + "." + encoding.extension();
    }
}
