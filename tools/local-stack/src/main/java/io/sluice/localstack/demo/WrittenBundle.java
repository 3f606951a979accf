package io.sluice.localstack.demo;

import java.nio.file.Path;
import java.util.UUID;

/**
 * A bundle on its mount.
 *
 * @param items entries of the manifest
 * @param files of the whole payload tree, also those that are no items
 * @param bytes of the whole payload tree
 */
public record WrittenBundle(UUID syncId, String series, int firstPhoto, Path mount, int items, long files, long bytes) {

    public Path manifest() {
        return mount.resolve(syncId + ".json");
    }

    public Path sentinel() {
        return mount.resolve(syncId + ".ready");
    }

    public Path payload() {
        return mount.resolve(syncId.toString());
    }

    /** External hash of a photo, counted from 0 within this bundle. */
    public String photoHash(int index) {
        return BundleWriter.externalHash(series, "photo", firstPhoto + index);
    }

    /** External hash of that photo's cover. */
    public String coverHash(int index) {
        return BundleWriter.externalHash(series, "cover", firstPhoto + index);
    }

    /** External hash of a container, counted from 0 within this bundle. */
    public String galleryHash(int index) {
        return BundleWriter.externalHash(syncId.toString(), "gallery", index);
    }

    /** External hash of a video, counted from 0. */
    public String videoHash(int index) {
        return BundleWriter.externalHash(series, "video", index);
    }

    /** The folder of a video and what is delivered with it. */
    public Path videoFolder(int index) {
        return payload().resolve("videos/" + videoHash(index));
    }

    public Path photo(int index) {
        return payload().resolve("photos/" + photoHash(index) + ".jpg");
    }

    public Path cover(int index) {
        return payload().resolve("covers/" + coverHash(index) + ".jpg");
    }
}
