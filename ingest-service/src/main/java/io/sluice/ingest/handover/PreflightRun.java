package io.sluice.ingest.handover;

import java.util.Arrays;
import java.util.function.Consumer;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.ingest.identity.BatchId;

/** One preflight on its way: who may write, and of which manifest. */
final class PreflightRun {

    private final Batches batches;
    private final BatchId batch;
    private final boolean ofJob;
    private final Consumer<Handle> guard;
    private byte @Nullable [] expected;
    private @Nullable Long version;

    PreflightRun(Batches batches, BatchId batch, boolean ofJob, Consumer<Handle> guard) {
        this.batches = batches;
        this.batch = batch;
        this.ofJob = ofJob;
        this.guard = guard;
    }

    /** From here on, only this manifest counts. */
    void expect(byte[] sha256) {
        expected = sha256;
    }

    /** From here on, only this version counts; null for whichever it is. */
    void expectVersion(@Nullable Long expectedVersion) {
        version = expectedVersion;
    }

    /** The run itself changed the batch. */
    void changedTo(Batch now) {
        if (version != null) {
            version = now.version();
        }
    }

    boolean ofJob() {
        return ofJob;
    }

    /**
     * The batch, locked, if this run may still write.
     *
     * @throws CodedException as the guard says; {@code CONFLICT, BATCH_NOT_CONSUMABLE}
     */
    Batch lock(Handle tx) {
        guard.accept(tx);
        Batch locked = batches.lock(tx, batch).orElseThrow();
        ensureAllowed(locked);
        locked.ensureVersion(version);
        if (expected != null && !Arrays.equals(expected, locked.manifestSha256())) {
            throw changed(locked);
        }
        return locked;
    }

    void ensureAllowed(Batch found) {
        found.ensureConsumable();
        if (!ofJob && found.state().ofJob()) {
            throw new CodedException(
                    ErrorCode.CONFLICT,
                    "Batch " + found.syncId() + " is " + found.state().word()
                            + ": its job preflights it. Cancel the job first, or wait for its end.");
        }
    }

    static CodedException changed(Batch batch) {
        return new CodedException(
                ErrorCode.CONFLICT,
                "The manifest of batch " + batch.syncId()
                        + " is not the one that was judged. Wait until it is judged again, then preflight again.");
    }
}
