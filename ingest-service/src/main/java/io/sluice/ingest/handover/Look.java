package io.sluice.ingest.handover;

import java.time.Instant;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * What the scanner last saw of a bundle's two files.
 *
 * @param sequence of the library; a later look has a higher one
 * @param manifest null where there is none
 * @param sentinelMtimeNs null where there is none
 */
public record Look(
        long sequence,
        String scanId,
        Instant seenAt,
        @Nullable ManifestStat manifest,
        @Nullable Long sentinelMtimeNs) {

    /** Identity and times of the manifest's file. */
    public record ManifestStat(long size, long mtimeNs, long ctimeNs, long inode) {}

    /** Whether nothing tells that a judgement of the one may not stand for the other. */
    public boolean sameFiles(Look other) {
        return Objects.equals(manifest, other.manifest) && Objects.equals(sentinelMtimeNs, other.sentinelMtimeNs);
    }
}
