package io.sluice.ingest.handover;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.ingest.identity.BatchId;

/**
 * Our record of one bundle.
 *
 * @param reason one sentence with the cure; empty when consumable
 * @param pointer JSON pointer into the manifest; only of a bad one
 * @param manifestSha256 of the manifest that was judged, null when none was read
 * @param warnings sentences of the last preflight
 * @param itemsOf SHA-256 of the manifest whose items stand in the table; null before preflight
 * @param startedAt of its most recent import
 * @param version grows with every change of its state, verdict, manifest or preflight
 */
public record Batch(
        BatchId id,
        String libraryId,
        SyncId syncId,
        Look look,
        BatchState state,
        Instant stateSince,
        Verdict verdict,
        String reason,
        String pointer,
        byte @Nullable [] manifestSha256,
        ManifestClaims claims,
        @Nullable SyncId supersededBy,
        List<String> warnings,
        byte @Nullable [] itemsOf,
        @Nullable Instant startedAt,
        @Nullable Instant completedAt,
        String lastError,
        long version) {

    /** Whether the items of the manifest that was judged last stand in the table. */
    public boolean itemsCurrent() {
        return itemsOf != null && Arrays.equals(itemsOf, manifestSha256);
    }

    /**
     * Whether it may be preflighted, and queued.
     *
     * @throws CodedException {@code BATCH_NOT_CONSUMABLE} with cause and cure
     */
    public void ensureConsumable() {
        if (state == BatchState.SUPERSEDED) {
            throw refused("is superseded by " + supersededBy + ". Import that one.");
        }
        if (verdict != Verdict.CONSUMABLE) {
            throw refused("is " + verdict.state().word() + ": " + reason);
        }
        if (claims.action().equals("remove")) {
            throw refused(
                    "asks for removal (action 'remove'), which this version does not do yet. Its files stay as they"
                            + " are; a later version can take it.");
        }
    }

    /**
     * Whether it is as the caller saw it.
     *
     * @param expected null for whichever it is
     * @throws CodedException {@code PRECONDITION_FAILED} with the cure
     */
    void ensureVersion(@Nullable Long expected) {
        if (expected != null && expected != version) {
            throw new CodedException(
                    ErrorCode.PRECONDITION_FAILED,
                    "Batch " + syncId + " has changed since you looked; it is " + state.word()
                            + " now. Get it again, and ask once more if you still want to.");
        }
    }

    private CodedException refused(String why) {
        return new CodedException(ErrorCode.BATCH_NOT_CONSUMABLE, "Batch " + syncId + " " + why);
    }
}
