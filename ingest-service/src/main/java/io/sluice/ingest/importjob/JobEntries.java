package io.sluice.ingest.importjob;

import io.sluice.contract.ingest.v1.JobMoved;
import io.sluice.contract.ingest.v1.LedgerEntry;
import io.sluice.ingest.handover.Batch;
import io.sluice.ingest.ledger.EventType;
import io.sluice.ingest.ledger.LedgerEntries;

/** The ledger's words for a job on its way. */
final class JobEntries {

    private JobEntries() {}

    /** @param reason why it moved; empty when its type says it all */
    static LedgerEntry moved(EventType type, Batch batch, Job job, String worker, String reason) {
        return moved(type, batch, job, worker, reason, job.itemsDone(), job.itemsTotal());
    }

    static LedgerEntry progress(Batch batch, Job job, long itemsDone) {
        return moved(EventType.JOB_PROGRESS, batch, job, job.worker(), "", itemsDone, job.itemsTotal());
    }

    private static LedgerEntry moved(
            EventType type, Batch batch, Job job, String worker, String reason, long itemsDone, long itemsTotal) {
        return LedgerEntries.job(
                Reckoning.subject(batch),
                type,
                JobMoved.newBuilder()
                        .setJobId(job.id())
                        .setWorker(worker)
                        .setRequestedBy(job.requestedBy())
                        .setPriority(job.priority())
                        .setForce(job.forced())
                        .setItemsDone(itemsDone)
                        .setItemsTotal(itemsTotal)
                        .setReason(reason)
                        .build());
    }
}
