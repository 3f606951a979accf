package io.sluice.ingest.importjob;

import java.util.List;
import java.util.Optional;
import jakarta.enterprise.context.ApplicationScoped;

import org.jdbi.v3.core.Handle;

import io.sluice.contract.ingest.v1.ImportFinished;
import io.sluice.contract.ingest.v1.JobFinished;
import io.sluice.contract.ingest.v1.JobSummary;
import io.sluice.ingest.handover.Batch;
import io.sluice.ingest.handover.BatchItems;
import io.sluice.ingest.handover.BatchState;
import io.sluice.ingest.handover.Batches;
import io.sluice.ingest.handover.Decision;
import io.sluice.ingest.handover.Tally;
import io.sluice.ingest.ledger.Ledger;
import io.sluice.ingest.ledger.LedgerEntries;
import io.sluice.ingest.ledger.LedgerSubject;

/** Ends a job and its batch in one transaction, by what became of the items; the job's row is locked by the caller. */
@ApplicationScoped
class FinishJob {

    private final Jobs jobs;
    private final Batches batches;
    private final BatchItems items;
    private final JobItems jobItems;
    private final Ledger ledger;
    private final ImportMetrics metrics;

    FinishJob(Jobs jobs, Batches batches, BatchItems items, JobItems jobItems, Ledger ledger, ImportMetrics metrics) {
        this.jobs = jobs;
        this.batches = batches;
        this.items = items;
        this.jobItems = jobItems;
        this.ledger = ledger;
        this.metrics = metrics;
    }

    /**
     * @param tally what this job decided
     * @param skippedTerminal items that were in the library before it began, and were left alone
     */
    private record Sum(long items, Tally tally, long skippedTerminal) {

        long remaining() {
            return items - tally.decided() - skippedTerminal;
        }

        long inLibrary() {
            return tally.terminal() + skippedTerminal;
        }

        BatchState state() {
            if (inLibrary() == items) {
                return BatchState.IMPORTED;
            }
            return inLibrary() > 0 ? BatchState.PARTIAL : BatchState.FAILED;
        }
    }

    /** Every item was decided. */
    void finish(Handle tx, Job job) {
        Batch batch = batches.lock(tx, job.batch()).orElseThrow();
        Sum sum = sum(tx, job);
        Optional<JobItems.Wrong> wrong = jobItems.firstWrong(tx, job.batch(), job.id());
        String error = wrong.map(item -> words(sum, item)).orElse("");
        end(tx, job, batch, sum, sum.state() == BatchState.FAILED ? JobState.FAILED : JobState.DONE, error);
    }

    /** The job itself failed; what it did stays. */
    void fail(Handle tx, Job job, String error) {
        Batch batch = batches.lock(tx, job.batch()).orElseThrow();
        end(tx, job, batch, sum(tx, job), JobState.FAILED, error);
    }

    private Sum sum(Handle tx, Job job) {
        Tally ofJob = items.tallyOfJob(tx, job.batch(), job.id());
        long terminal = items.tally(tx, job.batch(), Decision.By.IMPORT).terminal();
        return new Sum(items.count(tx, job.batch()), ofJob, terminal - ofJob.terminal());
    }

    private void end(Handle tx, Job job, Batch batch, Sum sum, JobState state, String error) {
        // What is imported stays imported, whatever became of a forced run.
        boolean ofJob = batch.state().ofJob();
        BatchState next = ofJob ? sum.state() : batch.state();
        if (ofJob) {
            batches.end(tx, batch, next, error);
            supersede(tx, batch, next);
        }
        jobs.end(tx, job, state, sum.tally(), sum.skippedTerminal(), sum.items(), error);
        JobLeases.end(tx, job.id());
        ImportFinished finished = ImportFinished.newBuilder()
                .setPhase("import")
                .setRemaining(sum.remaining())
                .setSkippedTerminal(sum.skippedTerminal())
                .setStatus(next.word())
                .setTally(sum.tally().told())
                .build();
        LedgerSubject subject = Reckoning.subject(batch);
        ledger.append(
                tx,
                List.of(
                        LedgerEntries.importFinished(subject, finished),
                        LedgerEntries.jobFinished(
                                subject,
                                JobFinished.newBuilder()
                                        .setPhase("job_finish")
                                        .setJobId(job.id())
                                        .setError(error)
                                        .setSummary(JobSummary.newBuilder()
                                                .setItemsSeen(sum.items())
                                                .setOk(next == BatchState.IMPORTED && state == JobState.DONE)
                                                .setStatus(next.word())
                                                .setSummary(finished))
                                        .build())));
        tx.afterCommit(() -> metrics.jobEnded(state));
    }

    private void supersede(Handle tx, Batch batch, BatchState next) {
        Batch prior = next.settled() ? batches.prior(tx, batch) : null;
        if (prior != null) {
            batches.lock(tx, prior.id())
                    .filter(locked -> locked.state().settled())
                    .filter(locked -> jobs.active(tx, locked.id()).isEmpty())
                    .ifPresent(locked -> batches.supersede(tx, locked, batch.syncId()));
        }
    }

    private static String words(Sum sum, JobItems.Wrong item) {
        Tally tally = sum.tally();
        return tally.of(Decision.FAILED) + " failed and " + tally.of(Decision.DEFERRED) + " deferred of " + sum.items()
                + " items; the first is item " + item.position() + ", " + item.errorCode() + ": " + item.reason();
    }
}
