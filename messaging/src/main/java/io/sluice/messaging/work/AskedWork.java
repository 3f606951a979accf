package io.sluice.messaging.work;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.Lock;

import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;

import io.sluice.messaging.Transactions;

/** Claims one row because somebody waits for it: it passes the window and the queue of its topic by (law 2). */
final class AskedWork {

    /** What was answered, and the row when this process claimed it. */
    private record Answer(Claim claim, Optional<WorkRows.Row> ours) {
        private static Answer only(Claim claim) {
            return new Answer(claim, Optional.empty());
        }
    }

    private record Asked(WorkRows.Row row, String state) {}

    private static final Logger LOG = Logger.getLogger(AskedWork.class);

    private final Transactions transactions;
    private final WorkRows rows;
    private final HeldLeases leases;
    private final Attempts attempts;

    AskedWork(Transactions transactions, WorkRows rows, HeldLeases leases, Attempts attempts) {
        this.transactions = transactions;
        this.rows = rows;
        this.leases = leases;
        this.attempts = attempts;
    }

    /**
     * Claims the row on a thread of the crew, which then runs it; returns when it is decided who runs it.
     *
     * @param company held while it runs; when it cannot be had at once (something runs alone) there is no room
     */
    <R> Claim claim(WorkHandler<R> handler, String key, Workers crew, Lock company) {
        String workClass = handler.workClass().name();
        CompletableFuture<Claim> claimed = new CompletableFuture<>();
        CompletableFuture<Void> ended = new CompletableFuture<>();
        boolean room = crew.tryExecute(() -> {
            try {
                if (company.tryLock()) {
                    attempts.make(handler, company, () -> begin(workClass, key, claimed, ended));
                } else {
                    claimed.complete(waits(workClass, key));
                }
            } catch (RuntimeException | Error failure) {
                // Before it is decided the failure is the caller's; afterwards the row tells the truth: its lease runs
                // out.
                if (!claimed.completeExceptionally(failure)) {
                    LOG.errorf(failure, "work_class=%s key=%s: an attempt was lost", workClass, key);
                }
            } finally {
                ended.complete(null);
            }
        });
        if (!room) {
            return waits(workClass, key);
        }
        try {
            return claimed.join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
        }
    }

    private List<HeldLeases.Held> begin(
            String workClass, String key, CompletableFuture<Claim> claimed, CompletableFuture<Void> ended) {
        leases.stopIfStopping();
        long before = System.nanoTime();
        Answer answer = transactions.call(tx -> answer(tx, workClass, key, true, ended));
        List<HeldLeases.Held> held = leases.begun(answer.ours.stream().toList(), before);
        claimed.complete(answer.claim);
        return held;
    }

    private Claim waits(String workClass, String key) {
        return transactions.call(tx -> answer(tx, workClass, key, false, new CompletableFuture<>())).claim;
    }

    private Answer answer(Handle tx, String workClass, String key, boolean room, CompletableFuture<Void> ended) {
        Optional<Asked> found = lock(tx, workClass, key);
        if (found.isEmpty() || found.get().state.equals("given_up")) {
            return Answer.only(new Claim.NoWork());
        }
        WorkRows.Row row = found.get().row;
        if (found.get().state.equals("running")) {
            return Answer.only(new Claim.RunningElsewhere(row.leaseToken()));
        }
        if (!room || row.alone()) {
            // What must run alone waits for that on the ordinary road.
            raise(tx, row);
            return Answer.only(new Claim.NoRoom());
        }
        WorkRows.Row ours = underNewToken(tx, row);
        rows.claim(tx, List.of(ours.id()));
        return new Answer(new Claim.Claimed(ours.releaseToken(), ended), Optional.of(ours));
    }

    /** By work_identity. */
    private static Optional<Asked> lock(Handle tx, String workClass, String key) {
        return tx.createQuery(WorkRows.COLUMNS + "WHERE work_class = :class AND work_key = :key FOR UPDATE")
                .bind("class", workClass)
                .bind("key", key)
                .map((row, context) -> new Asked(WorkRows.ROW.map(row, context), row.getString("state")))
                .findOne();
    }

    /** Next among all that wait; a pause ends. What is released stays so: its message is on its way. */
    private static void raise(Handle tx, WorkRows.Row row) {
        tx.execute(
                "UPDATE work SET lane = ?, state_since = IF(state = 'deferred', NOW(6), state_since),"
                        + " state = IF(state = 'deferred', 'waiting', state) WHERE id = ?",
                Lane.INTERACTIVE.ordinal(),
                row.id());
    }

    /** A message that told of it under its old token is ignored, also when this attempt is not its last. */
    private static WorkRows.Row underNewToken(Handle tx, WorkRows.Row row) {
        tx.execute(
                "UPDATE work SET release_token = release_token + 1, lane = ? WHERE id = ?",
                Lane.INTERACTIVE.ordinal(),
                row.id());
        return row.withReleaseToken(row.releaseToken() + 1);
    }
}
