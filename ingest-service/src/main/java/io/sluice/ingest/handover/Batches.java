package io.sluice.ingest.handover;

import java.util.List;
import java.util.Optional;
import jakarta.enterprise.context.ApplicationScoped;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.ingest.identity.BatchId;

/** The table of batches: found, locked, and moved from state to state. Whoever changes a row has locked it. */
@ApplicationScoped
public class Batches {

    private static final int LONGEST_ERROR = 1000;

    public Optional<Batch> find(Handle handle, BatchId id) {
        return one(handle, "WHERE b.id = ?", id.value());
    }

    /** Of that sync id; should two mounts have one of the same name, the one that was seen first. */
    public Optional<Batch> find(Handle handle, SyncId syncId) {
        return one(handle, "WHERE b.sync_id = ? ORDER BY b.id LIMIT 1", syncId.text());
    }

    /** Locks the row to its transaction's end. */
    public Optional<Batch> lock(Handle tx, BatchId id) {
        return one(tx, "WHERE b.id = ? FOR UPDATE", id.value());
    }

    /** As {@link #find(Handle, SyncId)}, and locks the row. By its id: a lock by sync id would lock the gap beside it. */
    public Optional<Batch> lock(Handle tx, SyncId syncId) {
        return find(tx, syncId).flatMap(batch -> lock(tx, batch.id()));
    }

    /** The batch of that sync id, locked. @throws CodedException {@code NOT_FOUND} with the cure */
    public Batch lockKnown(Handle tx, SyncId syncId) {
        return lock(tx, syncId).orElseThrow(() -> unknown(syncId));
    }

    /** @throws CodedException {@code NOT_FOUND} with the cure */
    public Batch known(Handle handle, SyncId syncId) {
        return find(handle, syncId).orElseThrow(() -> unknown(syncId));
    }

    static CodedException unknown(SyncId syncId) {
        return new CodedException(
                ErrorCode.NOT_FOUND,
                "No batch has the sync id " + syncId + ". List batches to find one, or scan the handover mount again.");
    }

    /**
     * Moves a locked batch on. The time in a state counts from when it came there.
     *
     * @throws IllegalStateException for what is no step of the life cycle, a defect
     */
    public void move(Handle tx, Batch batch, BatchState next) {
        update(tx, batch, next, "state = :state").execute();
    }

    /** An import begins: {@code importing}, with its start and without the error of the one before. */
    public void begin(Handle tx, Batch batch) {
        update(
                        tx,
                        batch,
                        BatchState.IMPORTING,
                        "state = :state, started_at = NOW(6), completed_at = NULL, last_error = ''")
                .execute();
    }

    /**
     * An import is over.
     *
     * @param end imported, partial or failed
     * @param lastError one sentence, empty for none
     */
    public void end(Handle tx, Batch batch, BatchState end, String lastError) {
        update(tx, batch, end, "state = :state, completed_at = NOW(6), last_error = :error")
                .bind("error", BatchRows.cut(lastError, LONGEST_ERROR))
                .execute();
    }

    /** Its successor has come, or has been imported. */
    public void supersede(Handle tx, Batch batch, SyncId successor) {
        update(tx, batch, BatchState.SUPERSEDED, "state = :state, superseded_by = :successor")
                .bind("successor", successor.text())
                .execute();
    }

    /** The batch that this one says it supersedes, in the same library; null when it names none or none is known. */
    public @Nullable Batch prior(Handle handle, Batch batch) {
        SyncId prior = batch.claims().prior();
        return prior == null
                ? null
                : handle.createQuery("SELECT " + BatchRows.COLUMNS
                                + " FROM ingest_batch b WHERE b.library_id = :library AND b.sync_id = :sync")
                        .bind("library", batch.libraryId())
                        .bind("sync", prior.text())
                        .map((row, context) -> BatchRows.read(row))
                        .findOne()
                        .orElse(null);
    }

    /** Batches of that library that name it as the one they supersede. */
    public List<Batch> successors(Handle handle, String libraryId, SyncId of) {
        return handle.createQuery("SELECT " + BatchRows.COLUMNS
                        + " FROM ingest_batch b FORCE INDEX (by_prior) WHERE b.prior_sync_id = :sync"
                        + " AND b.library_id = :library ORDER BY b.id")
                .bind("library", libraryId)
                .bind("sync", of.text())
                .map((row, context) -> BatchRows.read(row))
                .list();
    }

    private static Optional<Batch> one(Handle handle, String which, Object key) {
        return handle.createQuery("SELECT " + BatchRows.COLUMNS + " FROM ingest_batch b " + which)
                .bind(0, key)
                .map((row, context) -> BatchRows.read(row))
                .findOne();
    }

    private static Update update(Handle tx, Batch batch, BatchState next, String what) {
        if (!batch.state().canBecome(next)) {
            throw new IllegalStateException("Batch " + batch.syncId() + " cannot go from "
                    + batch.state().word() + " to " + next.word());
        }
        return tx.createUpdate(
                        "UPDATE ingest_batch SET version = version + 1, state_since = IF(state = :state, state_since, NOW(6)), "
                                + what + " WHERE id = :id")
                .bind("state", next.word())
                .bind("id", batch.id().value());
    }
}
