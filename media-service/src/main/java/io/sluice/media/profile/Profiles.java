package io.sluice.media.profile;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The recipes of this release. */
public final class Profiles {

    public static final PictureProfile THUMBNAIL = new PictureProfile("thumbnail", 1, 250, Encoding.WEBP, 80);
    public static final PictureProfile PREVIEW_IMAGE = new PictureProfile("preview_image", 1, 1440, Encoding.JPEG, 80);
    public static final PictureProfile POSTER = new PictureProfile("poster", 1, 1440, Encoding.JPEG, 80);
    public static final StreamProfile STREAM = new StreamProfile(StreamProfile.NAME, 1);

    private static final List<Profile> OF_IMAGES = List.of(PREVIEW_IMAGE, THUMBNAIL);
    private static final List<Profile> OF_VIDEOS = List.of(STREAM, POSTER, THUMBNAIL);

    private Profiles() {}

    /** What every image should have, the largest first. */
    public static List<Profile> ofImages() {
        return OF_IMAGES;
    }

    /** What every video should have, the largest first. */
    public static List<Profile> ofVideos() {
        return OF_VIDEOS;
    }

    /** What is made of one decoded picture, an image or a video's frame. */
    public static List<PictureProfile> pictures() {
        return List.of(PREVIEW_IMAGE, POSTER, THUMBNAIL);
    }

    /** Of all recipes, as one text that changes with the release that changes them. */
    public static String labels() {
        return Stream.concat(OF_IMAGES.stream(), OF_VIDEOS.stream())
                .map(Profile::label)
                .distinct()
                .sorted()
                .collect(Collectors.joining(","));
    }

    /** The recipe of that name and version, if this release still knows it. */
    public static Optional<Profile> find(String name, int version) {
        return Stream.concat(OF_IMAGES.stream(), OF_VIDEOS.stream())
                .filter(profile -> profile.name().equals(name) && profile.version() == version)
                .findFirst();
    }

    /** As {@link #find}, if it makes a picture. */
    public static Optional<PictureProfile> picture(String name, int version) {
        return pictures().stream()
                .filter(profile -> profile.name().equals(name) && profile.version() == version)
                .findFirst();
    }
}
