package io.sluice.scanner.handover;

import org.jspecify.annotations.Nullable;

import io.sluice.scanner.walk.FileStat;

/**
 * How the two files of a bundle stand.
 *
 * @param manifest null when it is not there
 * @param sentinel null when it is not there
 */
public record BundleFiles(
        @Nullable FileStat manifest, @Nullable FileStat sentinel) {

    static final BundleFiles NONE = new BundleFiles(null, null);

    /** Whether at least one of them is there. */
    public boolean any() {
        return manifest != null || sentinel != null;
    }

    /** Whether nothing tells the two looks apart. */
    boolean sameAs(BundleFiles other) {
        return same(manifest, other.manifest) && same(sentinel, other.sentinel);
    }

    BundleFiles withManifest(FileStat stat) {
        return new BundleFiles(stat, sentinel);
    }

    BundleFiles withSentinel(FileStat stat) {
        return new BundleFiles(manifest, stat);
    }

    private static boolean same(@Nullable FileStat one, @Nullable FileStat other) {
        return one == null || other == null ? one == other : one.sameAs(other);
    }
}
