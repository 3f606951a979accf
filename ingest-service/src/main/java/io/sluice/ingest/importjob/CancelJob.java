package io.sluice.ingest.importjob;

import java.util.List;
import jakarta.enterprise.context.ApplicationScoped;

import org.jdbi.v3.core.Handle;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.contract.ingest.v1.CancelJobRequest;
import io.sluice.contract.ingest.v1.ImportJob;
import io.sluice.ingest.handover.Batch;
import io.sluice.ingest.handover.BatchItems;
import io.sluice.ingest.handover.BatchState;
import io.sluice.ingest.handover.Batches;
import io.sluice.ingest.handover.Decision;
import io.sluice.ingest.handover.Tally;
import io.sluice.ingest.ledger.EventType;
import io.sluice.ingest.ledger.Ledger;
import io.sluice.messaging.command.CommandsOnce;

/** Takes a job back while it waits and no item of it was ever tried. */
@ApplicationScoped
public class CancelJob {

    private final CommandsOnce once;
    private final Jobs jobs;
    private final Batches batches;
    private final BatchItems items;
    private final JobViews views;
    private final Ledger ledger;

    CancelJob(CommandsOnce once, Jobs jobs, Batches batches, BatchItems items, JobViews views, Ledger ledger) {
        this.once = once;
        this.jobs = jobs;
        this.batches = batches;
        this.items = items;
        this.views = views;
        this.ledger = ledger;
    }

    /** @throws CodedException {@code NOT_FOUND, PRECONDITION_FAILED, JOB_NOT_CANCELLABLE} with the cure */
    public ImportJob cancel(CancelJobRequest request) {
        return once.answer(request, ImportJob.parser(), tx -> {
            cancel(tx, request);
            return views.known(tx, request.getJobId());
        });
    }

    private void cancel(Handle tx, CancelJobRequest request) {
        String jobId = request.getJobId();
        String requestedBy = request.getRequestedBy();
        Job job = jobs.lock(tx, jobId).orElseThrow(() -> JobViews.unknown(jobId));
        if (request.hasExpectedVersion() && request.getExpectedVersion() != job.version()) {
            throw new CodedException(
                    ErrorCode.PRECONDITION_FAILED,
                    "The job has changed since you looked; it is " + job.state().word()
                            + " now. Get it again, and ask once more if you still want to.");
        }
        if (job.state() == JobState.CANCELLED) {
            return;
        }
        if (job.state() != JobState.QUEUED || job.attempted()) {
            throw new CodedException(ErrorCode.JOB_NOT_CANCELLABLE, why(job));
        }
        Batch batch = batches.lock(tx, job.batch()).orElseThrow();
        jobs.end(tx, job, JobState.CANCELLED, Tally.NONE, 0, job.itemsTotal(), "");
        if (batch.state() == BatchState.QUEUED) {
            Tally imported = items.tally(tx, batch.id(), Decision.By.IMPORT);
            if (imported.decided() > 0) {
                BatchState before = imported.terminal() > 0 ? BatchState.PARTIAL : BatchState.FAILED;
                batches.move(tx, batch, before);
            } else {
                batches.move(tx, batch, batch.itemsCurrent() ? BatchState.PREFLIGHTED : BatchState.DISCOVERED);
            }
        }
        ledger.append(
                tx,
                List.of(JobEntries.moved(
                        EventType.JOB_CANCELLED, batch, job, "", requestedBy.isEmpty() ? "" : "By " + requestedBy)));
    }

    private static String why(Job job) {
        return switch (job.state()) {
            case RUNNING -> "The job runs; only stopping the service that runs it has it wait again.";
            case QUEUED -> "The job waits again, but items of it were tried before; let it run to its end.";
            case DONE, FAILED, CANCELLED -> "The job is over (" + job.state().word() + "); there is nothing to cancel.";
        };
    }
}
