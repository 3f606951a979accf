package io.sluice.ingest.hashing;

import io.sluice.ingest.asset.RegisterAsset.ReadFile;

/** How hashing a file ended well. */
sealed interface HashResult {

    /** Read to its last byte, unchanged from observation to end. */
    record Read(ReadFile file) implements HashResult {}

    /** There is nothing to do any more: absent, displaced, being written to, or hashed already; its next observation decides. */
    record NotWanted(String why) implements HashResult {}
}
