package io.sluice.media.profile;

/**
 * A named, versioned recipe for a rendition that is made from an original. What it makes of given bytes never changes
 * under one version.
 */
public sealed interface Profile permits PictureProfile, StreamProfile {

    /** {@code thumbnail}, …: a lower-case letter, then those, digits and underscores; 32 at most. */
    String name();

    /** From 1; 0 is for what was delivered ready-made. */
    int version();

    /** What a reader opens first, below the asset's folder in the store; '/' between names. */
    String fileName();

    /** {@code <name>@<version>}, as it stands in file names, URLs and the state root. */
    default String label() {
        return name() + "@" + version();
    }
}
