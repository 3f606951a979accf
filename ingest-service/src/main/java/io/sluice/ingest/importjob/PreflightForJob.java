package io.sluice.ingest.importjob;

import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.contract.CodedException;
import io.sluice.ingest.handover.Batch;
import io.sluice.ingest.handover.Batches;
import io.sluice.ingest.handover.PreflightBatch;
import io.sluice.messaging.Transactions;

/** Has a batch preflighted by its job where nobody did it before, or its manifest is another since. */
@ApplicationScoped
class PreflightForJob {

    private final Transactions transactions;
    private final Batches batches;
    private final PreflightBatch preflight;

    PreflightForJob(Transactions transactions, Batches batches, PreflightBatch preflight) {
        this.transactions = transactions;
        this.batches = batches;
        this.preflight = preflight;
    }

    /** @throws CodedException why the batch cannot be imported now, {@code LEASE_LOST}, {@code LIBRARY_STALE} */
    void preflight(Claim claim) {
        Batch batch =
                transactions.read(handle -> batches.find(handle, claim.batch())).orElseThrow();
        batch.ensureConsumable();
        if (!batch.itemsCurrent()) {
            preflight.preflight(claim.batch(), claim::share);
        }
    }
}
