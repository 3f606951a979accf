package io.sluice.ingest.importjob;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.sluice.ingest.handover.Batch;
import io.sluice.ingest.handover.BatchState;
import io.sluice.ingest.handover.Batches;
import io.sluice.ingest.ledger.EventType;
import io.sluice.ingest.ledger.Ledger;
import io.sluice.messaging.Instance;
import io.sluice.messaging.Transactions;

/** Takes the next job, keeps it under a lease, gives it back. One a process. */
final class ClaimJobs {

    private final Transactions transactions;
    private final Jobs jobs;
    private final Batches batches;
    private final Ledger ledger;
    private final Instance instance;
    private final Duration lease;
    private final String worker;

    /** @param lease how long a job is held without a heartbeat */
    ClaimJobs(Transactions transactions, Jobs jobs, Batches batches, Ledger ledger, Instance instance, Duration lease) {
        this.transactions = transactions;
        this.jobs = jobs;
        this.batches = batches;
        this.ledger = ledger;
        this.instance = instance;
        this.lease = lease;
        String process = "/pid:" + ProcessHandle.current().pid();
        this.worker = instance.name().endsWith(process) ? instance.name() : instance.name() + process;
    }

    /** The next job by priority, then first come; empty when none waits. Its batch is importing from now on. */
    Optional<Claim> claim() {
        long before = System.nanoTime();
        return transactions
                .call(tx -> jobs.lockNext(tx).map(queued -> {
                    jobs.claim(tx, queued, worker);
                    Job job = jobs.lock(tx, queued.id()).orElseThrow();
                    JobLeases.begin(tx, job.id(), job.token(), instance, micros());
                    Batch batch = batches.lock(tx, job.batch()).orElseThrow();
                    // One that cannot begin is told why by its run; here it would only be in the way of the others.
                    if (batch.state().canBecome(BatchState.IMPORTING)) {
                        batches.begin(tx, batch);
                    }
                    ledger.append(tx, List.of(JobEntries.moved(EventType.JOB_CLAIMED, batch, job, worker, "")));
                    return job;
                }))
                .map(job -> new Claim(jobs, job, before + lease.toNanos()));
    }

    /** The heartbeat. */
    void renew(Claim claim) {
        long before = System.nanoTime();
        if (transactions.call(tx -> JobLeases.renew(tx, claim, instance, micros()))) {
            claim.renewed(before + lease.toNanos());
        } else {
            claim.lose();
        }
    }

    /** The process stops: the job waits for another, and nothing is counted. */
    void giveBack(Claim claim, String reason) {
        transactions.run(tx -> {
            Job job = claim.lock(tx);
            Batch batch = batches.lock(tx, job.batch()).orElseThrow();
            jobs.requeue(tx, job, false);
            JobLeases.end(tx, job.id());
            if (batch.state() == BatchState.IMPORTING) {
                batches.move(tx, batch, BatchState.QUEUED);
            }
            ledger.append(tx, List.of(JobEntries.moved(EventType.JOB_REQUEUED, batch, job, worker, reason)));
        });
        claim.lose();
    }

    private long micros() {
        return lease.toNanos() / 1000;
    }
}
