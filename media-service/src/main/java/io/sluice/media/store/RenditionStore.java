package io.sluice.media.store;

import java.util.OptionalLong;

import io.sluice.media.asset.ContentHash;
import io.sluice.media.profile.Profile;

/**
 * Where the files of renditions lie. What is there is whole; the same name always holds the same
 * bytes, but for what was delivered ready-made: another one takes the place of the one before. A stream is a folder.
 */
public interface RenditionStore {

    /**
     * Begins a file. Close it in any case; what was not committed then is gone.
     *
     * @throws io.sluice.contract.CodedException {@code STORE_FULL}, {@code STORE_UNAVAILABLE}
     */
    RenditionWrite open(ContentHash hash, String fileName);

    /** As {@link #open(ContentHash, String)}. */
    default RenditionWrite open(ContentHash hash, Profile profile) {
        return open(hash, profile.fileName());
    }

    /**
     * Begins a folder, in which readers may look while it grows. Close it in any case; what was not committed then is
     * gone. What earlier attempts at the same folder left behind is removed.
     *
     * @param token of the attempt, larger than that of any attempt before
     * @throws io.sluice.contract.CodedException {@code STORE_FULL}, {@code STORE_UNAVAILABLE}
     */
    TreeWrite openTree(ContentHash hash, String folderName, long token);

    /** Bytes of all files of a folder that is there; empty when none is. */
    OptionalLong treeSize(ContentHash hash, String folderName);

    /** Size in bytes of what is there; empty when nothing is. */
    OptionalLong size(ContentHash hash, String fileName);

    /** As {@link #size(ContentHash, String)}. */
    default OptionalLong size(ContentHash hash, Profile profile) {
        return size(hash, profile.fileName());
    }

    /** Where a reader finds the file: below the store's root, '/' between names. */
    String nameOf(ContentHash hash, String fileName);

    /** As {@link #nameOf(ContentHash, String)}. */
    default String nameOf(ContentHash hash, Profile profile) {
        return nameOf(hash, profile.fileName());
    }

    /**
     * Whether it would take a file now.
     *
     * @throws io.sluice.contract.CodedException {@code STORE_FULL}, {@code STORE_UNAVAILABLE}, with the cure
     */
    void requireRoom();
}
