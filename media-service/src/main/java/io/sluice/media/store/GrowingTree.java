package io.sluice.media.store;

import java.util.Optional;

import io.sluice.media.asset.ContentHash;

/**
 * A folder that somebody began to write: listed by a file of this name until it is in its place or gone.
 *
 * @param folderName what it is to be called, e.g. {@code hls@1}
 * @param token of the attempt that writes it; grows with every attempt
 */
public record GrowingTree(ContentHash hash, String folderName, long token) {

    private static final String SEPARATOR = "~";

    /** Below the asset's folder; no name of a rendition begins with a dot. */
    String temporaryName() {
        return "." + folderName + "." + token;
    }

    /** Where the folder before it is moved, on its way out. */
    String asideName() {
        return temporaryName() + ".old";
    }

    String marker() {
        return markerPrefix() + token;
    }

    /** What all attempts at this folder share. */
    String markerPrefix() {
        return hash.hex() + SEPARATOR + folderName + SEPARATOR;
    }

    /** Empty for a file that is none of ours. */
    static Optional<GrowingTree> ofMarker(String name) {
        String[] parts = name.split(SEPARATOR, -1);
        try {
            return parts.length == 3
                    ? Optional.of(new GrowingTree(new ContentHash(parts[0]), parts[1], Long.parseLong(parts[2])))
                    : Optional.empty();
        } catch (IllegalArgumentException foreign) {
            return Optional.empty();
        }
    }
}
