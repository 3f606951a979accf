package io.sluice.gateway.importing;

import io.sluice.contract.ingest.v1.DecisionTally;

/** Items by what became of them. */
public record TallyRepresentation(long created, long linked, long updated, long skipped, long deferred, long failed) {

    static TallyRepresentation of(DecisionTally tally) {
        return new TallyRepresentation(
                tally.getCreated(),
                tally.getLinked(),
                tally.getUpdated(),
                tally.getSkipped(),
                tally.getDeferred(),
                tally.getFailed());
    }
}
