package io.sluice.media.profile;

import java.util.List;
import java.util.Optional;

/** The recipes of this release. */
public final class Profiles {

    public static final Profile THUMBNAIL = new Profile("thumbnail", 1, 250, Encoding.WEBP, 80);
    public static final Profile PREVIEW_IMAGE = new Profile("preview_image", 1, 1440, Encoding.JPEG, 80);

    private static final List<Profile> OF_IMAGES = List.of(PREVIEW_IMAGE, THUMBNAIL);

    private Profiles() {}

    /** What every image should have, the largest first. */
    public static List<Profile> ofImages() {
        return OF_IMAGES;
    }

    /** The recipe of that name and version, if this release still knows it. */
    public static Optional<Profile> find(String name, int version) {
        return OF_IMAGES.stream()
                .filter(profile -> profile.name().equals(name) && profile.version() == version)
                .findFirst();
    }
}
