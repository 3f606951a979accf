package io.sluice.ingest.handover;

import org.jspecify.annotations.Nullable;

/** What came of reading a manifest. */
public sealed interface ManifestRead {

    /** SHA-256 of its bytes, 32 of them; null when it was too large to be read to its end. */
    byte @Nullable [] sha256();

    /**
     * A whole manifest of the right shape.
     *
     * @param syncId as it says, whatever the file is called
     * @param status empty when unsaid
     * @param items how many entries it has
     */
    record Whole(String syncId, String status, ManifestClaims claims, int items, byte[] sha256)
            implements ManifestRead {}

    record Refused(ManifestProblem problem, byte @Nullable [] sha256) implements ManifestRead {}
}
