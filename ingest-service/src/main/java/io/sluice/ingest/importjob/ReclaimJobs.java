package io.sluice.ingest.importjob;

import java.time.Duration;
import java.util.List;
import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.ingest.handover.Batch;
import io.sluice.ingest.handover.BatchState;
import io.sluice.ingest.handover.Batches;
import io.sluice.ingest.ledger.EventType;
import io.sluice.ingest.ledger.Ledger;
import io.sluice.messaging.Instance;
import io.sluice.messaging.Transactions;
import io.sluice.messaging.lease.Duty;

/** Has jobs wait again whose coordinator is gone, and ends those that it happened to five times. */
@ApplicationScoped
class ReclaimJobs implements Duty {

    private static final int MOST_VANISHED = 5;
    private static final int AT_ONCE = 100;

    private final Transactions transactions;
    private final Jobs jobs;
    private final Batches batches;
    private final FinishJob finish;
    private final Ledger ledger;
    private final JobSignals signals;
    private final Instance instance;

    ReclaimJobs(
            Transactions transactions,
            Jobs jobs,
            Batches batches,
            FinishJob finish,
            Ledger ledger,
            JobSignals signals,
            Instance instance) {
        this.transactions = transactions;
        this.jobs = jobs;
        this.batches = batches;
        this.finish = finish;
        this.ledger = ledger;
        this.signals = signals;
        this.instance = instance;
    }

    @Override
    public String name() {
        return "reclaim-jobs";
    }

    /** Short against a lease, and the query reads a table of what runs. */
    @Override
    public Duration period() {
        return Duration.ofSeconds(2);
    }

    @Override
    public void run(Tenure tenure) {
        reclaim();
    }

    /** @return how many jobs were found without their coordinator */
    int reclaim() {
        List<String> vanished = transactions.read(handle -> JobLeases.vanished(handle, instance, AT_ONCE));
        vanished.forEach(this::reclaim);
        return vanished.size();
    }

    private void reclaim(String jobId) {
        transactions.run(tx -> {
            Job job = jobs.lock(tx, jobId).orElse(null);
            if (!JobLeases.lockVanished(tx, jobId, instance)) {
                return;
            }
            JobLeases.end(tx, jobId);
            if (job == null || job.state() != JobState.RUNNING) {
                return;
            }
            if (job.vanished() + 1 >= MOST_VANISHED) {
                finish.fail(
                        tx,
                        job,
                        "worker_lost: the process that ran it ended " + MOST_VANISHED
                                + " times while it did; something in it brings processes down");
                return;
            }
            Batch batch = batches.lock(tx, job.batch()).orElseThrow();
            jobs.requeue(tx, job, true);
            if (batch.state() == BatchState.IMPORTING) {
                batches.move(tx, batch, BatchState.QUEUED);
            }
            String reason = "Its coordinator " + job.worker() + " gave no sign of life until its lease ran out";
            ledger.append(tx, List.of(JobEntries.moved(EventType.JOB_REQUEUED, batch, job, job.worker(), reason)));
            tx.afterCommit(signals::queued);
        });
    }
}
