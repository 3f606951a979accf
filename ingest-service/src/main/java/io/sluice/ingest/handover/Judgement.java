package io.sluice.ingest.handover;

import org.jspecify.annotations.Nullable;

/**
 * What was judged of a bundle, and why.
 *
 * @param reason one sentence with the cure; empty when consumable
 * @param pointer JSON pointer into the manifest; only of a bad one
 * @param manifestSha256 null when the manifest was not read to its end
 * @param claims what the manifest says; null when it was not read
 */
record Judgement(
        Verdict verdict,
        String reason,
        String pointer,
        byte @Nullable [] manifestSha256,
        @Nullable ManifestClaims claims) {

    static Judgement unread(Verdict verdict, String reason) {
        return new Judgement(verdict, reason, "", null, null);
    }
}
