package io.sluice.ingest.importjob;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

import org.jboss.logging.Logger;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.contract.ErrorKind;
import io.sluice.messaging.Patience;
import io.sluice.messaging.Progress;
import io.sluice.messaging.Transactions;

/** Claims one job after another and runs it. */
final class Coordinator implements Runnable {

    private static final Logger LOG = Logger.getLogger(Coordinator.class);

    private final String name;
    private final ClaimJobs claims;
    private final RunJob run;
    private final FinishJob finish;
    private final Transactions transactions;
    private final JobSignals signals;
    private final Patience patience;
    private final Progress progress;
    private final Duration poll;
    private final Set<Claim> held;
    private volatile boolean stopping;

    /** @param held where its claims stand while they are to be renewed */
    Coordinator(
            String name,
            ClaimJobs claims,
            RunJob run,
            FinishJob finish,
            Transactions transactions,
            JobSignals signals,
            Patience patience,
            Progress progress,
            Duration poll,
            Set<Claim> held) {
        this.name = name;
        this.claims = claims;
        this.run = run;
        this.finish = finish;
        this.transactions = transactions;
        this.signals = signals;
        this.patience = patience;
        this.progress = progress;
        this.poll = poll;
        this.held = held;
    }

    /** Ends after giving back what it runs. */
    void stop() {
        stopping = true;
        signals.stop();
    }

    @Override
    public void run() {
        try {
            while (!stopping) {
                progress.tick(name);
                long seen = signals.queuedSoFar();
                Optional<Claim> claim = claim();
                if (claim.isPresent()) {
                    runUnderLease(claim.get());
                } else if (!stopping) {
                    signals.awaitQueued(seen, poll);
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            progress.ended(name);
        }
    }

    private Optional<Claim> claim() {
        try {
            return claims.claim();
        } catch (RuntimeException unreachable) {
            // The next look comes after the poll; an outage is told by readiness.
            LOG.warnf("No import job can be claimed now: %s", unreachable.getMessage());
            return Optional.empty();
        }
    }

    /** What fails for lack of capacity is gone on with where it stands, as long as the lease holds. */
    private void runUnderLease(Claim claim) {
        held.add(claim);
        // Whoever runs a job tells of progress under a name of its own; this loop waits for it.
        progress.ended(name);
        LOG.infof("Import job begins: job=%s", claim.jobId());
        try {
            patience.outlast(name, () -> claim.lost() || stopping, () -> {
                run.run(claim, () -> stopping);
                return true;
            });
            LOG.infof("Import job ended: job=%s", claim.jobId());
        } catch (CodedException e) {
            if (stopping && !claim.lost()) {
                giveBack(claim);
            } else if (claim.lost() || e.code() == ErrorCode.LEASE_LOST) {
                LOG.warnf("Import job was lost to another: job=%s %s", claim.jobId(), e.getMessage());
            } else {
                fail(claim, e.code(), String.valueOf(e.getMessage()), e);
            }
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError defect) {
            fail(claim, ErrorCode.INTERNAL, defect.toString(), defect);
        } finally {
            held.remove(claim);
        }
    }

    private void giveBack(Claim claim) {
        try {
            claims.giveBack(claim, "The process " + name + " stops");
            LOG.infof("Import job was given back: job=%s", claim.jobId());
        } catch (RuntimeException unreachable) {
            LOG.warnf("Import job was not given back, its lease runs out: job=%s %s", claim.jobId(), unreachable);
        }
    }

    private void fail(Claim claim, ErrorCode code, String reason, Throwable cause) {
        if (code.kind() == ErrorKind.DEFECT) {
            LOG.errorf(cause, "Import job failed: job=%s error_code=%s", claim.jobId(), code.code());
        } else {
            LOG.warnf("Import job failed: job=%s error_code=%s %s", claim.jobId(), code.code(), reason);
        }
        try {
            transactions.run(tx -> finish.fail(tx, claim.lock(tx), code.code() + ": " + reason));
        } catch (RuntimeException again) {
            LOG.warnf("That could not be written, the lease runs out: job=%s %s", claim.jobId(), again.getMessage());
        }
    }
}
