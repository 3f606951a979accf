package io.sluice.ingest.importjob;

import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.ingest.handover.Batch;
import io.sluice.ingest.handover.BatchItem;
import io.sluice.ingest.handover.BatchItem.Decided;
import io.sluice.ingest.handover.BatchItems;
import io.sluice.ingest.handover.Batches;
import io.sluice.ingest.handover.Wave;
import io.sluice.ingest.ledger.Ledger;
import io.sluice.messaging.Transactions;

/**
 * Runs a claimed job from wherever it stands: preflight, items wave by wave, the end. What is done already is not done
 * again, so it may be run by one coordinator after another.
 */
@ApplicationScoped
class RunJob {

    /** Items of one transaction where none is read. */
    private static final int CHUNK = 1000;

    /** What is deferred is put up again while that helps, but not for ever: another batch may add and take parents. */
    private static final int ROUNDS = 10;

    private final Transactions transactions;
    private final Batches batches;
    private final BatchItems items;
    private final JobItems jobItems;
    private final Jobs jobs;
    private final RunWave waves;
    private final PreflightForJob preflight;
    private final FinishJob finish;
    private final Ledger ledger;
    private final ImportMetrics metrics;

    RunJob(
            Transactions transactions,
            Batches batches,
            BatchItems items,
            JobItems jobItems,
            Jobs jobs,
            RunWave waves,
            PreflightForJob preflight,
            FinishJob finish,
            Ledger ledger,
            ImportMetrics metrics) {
        this.transactions = transactions;
        this.batches = batches;
        this.items = items;
        this.jobItems = jobItems;
        this.jobs = jobs;
        this.waves = waves;
        this.preflight = preflight;
        this.finish = finish;
        this.ledger = ledger;
        this.metrics = metrics;
    }

    /**
     * @param stopping whether the process stops
     * @throws CodedException {@code INTERRUPTED} when it does, {@code LEASE_LOST}, or why the job itself cannot be done
     */
    void run(Claim claim, BooleanSupplier stopping) {
        preflight.preflight(claim);
        if (claim.forced()) {
            begin(claim, JobStep.PRIMARIES);
            skipWhatIsThere(claim, stopping);
        }
        for (Wave wave : Wave.values()) {
            JobStep step = JobStep.of(wave);
            begin(claim, step);
            long start = System.nanoTime();
            waves.run(claim, wave, stopping);
            for (int round = 0; round < ROUNDS && reopen(claim) > 0; round++) {
                for (Wave again : Wave.values()) {
                    if (again.compareTo(wave) <= 0) {
                        waves.run(claim, again, stopping);
                    }
                }
            }
            metrics.waveDone(step, Duration.ofNanos(System.nanoTime() - start));
        }
        transactions.run(tx -> finish.finish(tx, claim.lock(tx)));
    }

    /** Items are read from here on: it cannot be cancelled any more. */
    private void begin(Claim claim, JobStep step) {
        transactions.run(tx -> {
            Job job = claim.lock(tx);
            jobs.step(tx, job, step, items.count(tx, claim.batch()));
            jobs.attempted(tx, job);
        });
    }

    private int reopen(Claim claim) {
        return transactions.call(tx -> {
            claim.share(tx);
            return jobItems.reopen(tx, claim.batch(), claim.jobId());
        });
    }

    /** A forced job looks at what is in the library already and leaves it as it is. */
    private void skipWhatIsThere(Claim claim, BooleanSupplier stopping) {
        int after = -1;
        while (true) {
            if (stopping.getAsBoolean()) {
                throw new CodedException(ErrorCode.INTERRUPTED, "The process stops");
            }
            int from = after;
            List<Integer> skipped = transactions.call(tx -> {
                Job job = claim.share(tx);
                Batch batch = batches.find(tx, claim.batch()).orElseThrow();
                List<Integer> positions = jobItems.inLibrary(tx, claim.batch(), claim.jobId(), from, CHUNK);
                Reckoning reckoning = new Reckoning(job, batch);
                for (BatchItem item : items.find(tx, claim.batch(), positions)) {
                    Decided before = item.decided();
                    if (before != null) {
                        reckoning.skippedAgain(item, before);
                    }
                }
                items.decide(tx, claim.batch(), reckoning.decisions(), false);
                ledger.append(tx, reckoning.entries());
                tx.afterCommit(() -> metrics.decided(reckoning.decisions().values()));
                return positions;
            });
            if (skipped.isEmpty()) {
                return;
            }
            after = skipped.getLast();
        }
    }
}
