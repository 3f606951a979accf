package io.sluice.ingest.importjob;

import java.util.Optional;

import org.jdbi.v3.core.Handle;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.ingest.identity.BatchId;

/** A job under the lease of one coordinator: every write of it asks here first whether the token still holds. */
final class Claim {

    private final Jobs jobs;
    private final String jobId;
    private final BatchId batch;
    private final boolean forced;
    private final long token;
    private volatile long holdsUntil;
    private volatile boolean lost;

    /**
     * @param job as it was claimed, its token included
     * @param holdsUntil monotonic time to which the lease is known to hold
     */
    Claim(Jobs jobs, Job job, long holdsUntil) {
        this.jobs = jobs;
        this.jobId = job.id();
        this.batch = job.batch();
        this.forced = job.forced();
        this.token = job.token();
        this.holdsUntil = holdsUntil;
    }

    String jobId() {
        return jobId;
    }

    BatchId batch() {
        return batch;
    }

    boolean forced() {
        return forced;
    }

    long token() {
        return token;
    }

    /**
     * The job's row, locked: nobody reads it shared any more to the transaction's end.
     *
     * @throws CodedException {@code LEASE_LOST}
     */
    Job lock(Handle tx) {
        return verified(jobs.lock(tx, jobId));
    }

    /**
     * The job's row, shared with its items.
     *
     * @throws CodedException {@code LEASE_LOST}
     */
    Job share(Handle tx) {
        return verified(jobs.share(tx, jobId));
    }

    private Job verified(Optional<Job> found) {
        return found.filter(job -> !lost && job.state() == JobState.RUNNING && job.token() == token)
                .orElseThrow(() -> {
                    lose();
                    return new CodedException(
                            ErrorCode.LEASE_LOST,
                            "Token " + token + " of import job " + jobId + " does not hold any more");
                });
    }

    void renewed(long until) {
        holdsUntil = until;
    }

    void lose() {
        lost = true;
    }

    /** Whether it is known not to hold any more, or no heartbeat has lengthened it in time. */
    boolean lost() {
        return lost || System.nanoTime() - holdsUntil > 0;
    }
}
