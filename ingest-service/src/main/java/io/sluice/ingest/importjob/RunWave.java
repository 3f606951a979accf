package io.sluice.ingest.importjob;

import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.ingest.handover.Batches;
import io.sluice.ingest.handover.Wave;
import io.sluice.ingest.ledger.Ledger;
import io.sluice.messaging.Progress;
import io.sluice.messaging.Transactions;
import io.sluice.messaging.work.WorkBoard;

/** Puts up a wave's items and waits until every one is decided, on whatever pod: the end is a query, never a counter. */
@ApplicationScoped
class RunWave {

    /** Items put up in one transaction. */
    private static final int CHUNK = 1000;

    /** How long it may take to see what other pods have decided: own ones wake the wait. */
    private static final Duration LOOK = Duration.ofMillis(200);

    /** The ledger hears of progress this often at most. */
    private static final Duration TOLD = Duration.ofSeconds(1);

    /** Without any progress for so long, what is undecided is put up again: harmless, and it heals what was lost. */
    private static final Duration SILENCE = Duration.ofMinutes(1);

    private static final String LOOP = "import-wave";

    private final Transactions transactions;
    private final Batches batches;
    private final JobItems items;
    private final WorkBoard board;
    private final Ledger ledger;
    private final JobSignals signals;
    private final Progress progress;

    RunWave(
            Transactions transactions,
            Batches batches,
            JobItems items,
            WorkBoard board,
            Ledger ledger,
            JobSignals signals,
            Progress progress) {
        this.transactions = transactions;
        this.batches = batches;
        this.items = items;
        this.board = board;
        this.ledger = ledger;
        this.signals = signals;
        this.progress = progress;
    }

    void run(Claim claim, Wave wave, BooleanSupplier stopping) {
        String loop = LOOP + "-" + claim.jobId();
        try {
            putUp(claim, wave, -1, Integer.MAX_VALUE, stopping);
            await(claim, wave, stopping, loop);
        } finally {
            progress.ended(loop);
        }
    }

    private void putUp(Claim claim, Wave wave, int behind, int most, BooleanSupplier stopping) {
        int after = behind;
        int left = most;
        while (left > 0) {
            int from = after;
            int limit = Math.min(left, CHUNK);
            ensureRunning(claim, stopping);
            List<Integer> chunk = transactions.call(tx -> {
                Job job = claim.share(tx);
                List<Integer> next = items.undecided(tx, claim.batch(), wave, claim.jobId(), from, limit);
                board.submit(
                        tx,
                        next.stream()
                                .map(position -> ItemWork.of(job, position))
                                .toList());
                return next;
            });
            if (chunk.size() < limit) {
                return;
            }
            after = chunk.getLast();
            left -= chunk.size();
        }
    }

    private void await(Claim claim, Wave wave, BooleanSupplier stopping, String loop) {
        int after = -1;
        long doneThen = -1;
        long told = System.nanoTime() - TOLD.toNanos();
        long moved = System.nanoTime();
        while (true) {
            progress.tick(loop);
            ensureRunning(claim, stopping);
            long seen = signals.decidedSoFar();
            int from = after;
            List<Integer> next =
                    transactions.read(handle -> items.undecided(handle, claim.batch(), wave, claim.jobId(), from, 1));
            if (next.isEmpty()) {
                return;
            }
            if (System.nanoTime() - told >= TOLD.toNanos()) {
                told = System.nanoTime();
                long done = transactions.read(handle -> items.done(handle, claim.batch(), claim.jobId()));
                if (done != doneThen) {
                    moved = told;
                    doneThen = done;
                    tellProgress(claim, done);
                } else if (told - moved > SILENCE.toNanos()) {
                    moved = told;
                    putUp(claim, wave, next.getFirst() - 1, CHUNK, stopping);
                }
            }
            after = next.getFirst() - 1;
            pause(seen);
        }
    }

    private void tellProgress(Claim claim, long done) {
        transactions.run(tx -> {
            Job job = claim.share(tx);
            batches.find(tx, claim.batch())
                    .ifPresent(batch -> ledger.append(tx, List.of(JobEntries.progress(batch, job, done))));
        });
    }

    private static void ensureRunning(Claim claim, BooleanSupplier stopping) {
        if (stopping.getAsBoolean()) {
            throw new CodedException(ErrorCode.INTERRUPTED, "The process stops");
        }
        if (claim.lost()) {
            throw new CodedException(ErrorCode.LEASE_LOST, "The lease of import job " + claim.jobId() + " ran out");
        }
    }

    private void pause(long seen) {
        try {
            signals.awaitDecided(seen, LOOK);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CodedException(ErrorCode.INTERRUPTED, "Interrupted while a wave ran", interrupted);
        }
    }
}
