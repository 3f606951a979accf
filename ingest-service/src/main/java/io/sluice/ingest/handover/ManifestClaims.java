package io.sluice.ingest.handover;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What a manifest says of itself.
 *
 * @param syncType an open set; empty when unsaid
 * @param action {@code import} or {@code remove}
 * @param verifiedFiles files of the whole payload tree, 0 when unsaid
 * @param extra fields that we do not know, as JSON; null for none
 */
public record ManifestClaims(
        String syncType,
        String action,
        long itemCount,
        long totalBytes,
        String sourceHost,
        @Nullable Instant created,
        @Nullable Instant completed,
        @Nullable SyncId prior,
        boolean verifiedPassed,
        long verifiedFiles,
        @Nullable String extra) {

    /** Of a manifest that was not read. */
    public static final ManifestClaims NONE = new ManifestClaims("", "", 0, 0, "", null, null, null, false, 0, null);
}
