package io.sluice.ingest.handover;

import java.util.Arrays;
import java.util.List;
import jakarta.enterprise.context.ApplicationScoped;

import org.jdbi.v3.core.Handle;

import io.sluice.contract.ErrorCode;
import io.sluice.contract.ingest.v1.BatchPreflighted;
import io.sluice.ingest.ledger.Ledger;
import io.sluice.ingest.ledger.LedgerEntries;
import io.sluice.ingest.ledger.LedgerSubject;

/** What a preflight writes of the batch itself: the verdict of its reading, and how it ended. */
@ApplicationScoped
class StorePreflight {

    private final Batches batches;
    private final BatchItems items;
    private final StoreJudgement judgements;
    private final Ledger ledger;

    StorePreflight(Batches batches, BatchItems items, StoreJudgement judgements, Ledger ledger) {
        this.batches = batches;
        this.items = items;
        this.judgements = judgements;
        this.ledger = ledger;
    }

    /** The manifest was read again. When it is another than was judged, its verdict stands from now on. */
    Batch judge(Handle tx, PreflightRun run, Judgement judged) {
        Batch batch = run.lock(tx);
        boolean same = judged.verdict() == Verdict.CONSUMABLE
                && Arrays.equals(judged.manifestSha256(), batch.manifestSha256());
        if (same) {
            return batch;
        }
        if (batch.state().settled()) {
            throw PreflightRun.changed(batch);
        }
        Batch now = judgements.store(tx, batch, judged);
        if (now.verdict() != Verdict.CONSUMABLE) {
            tell(
                    tx,
                    now,
                    BatchPreflighted.newBuilder()
                            .setManifestSha256(StoreJudgement.bytes(judged.manifestSha256()))
                            .setErrorCode(ErrorCode.BATCH_NOT_CONSUMABLE.code())
                            .setError(now.reason())
                            .build());
        }
        return now;
    }

    /** Every entry stands in the table: the batch is preflighted, unless it is further on its way already. */
    void finish(Handle tx, PreflightRun run, byte[] sha256, List<String> warnings) {
        Batch batch = run.lock(tx);
        tx.createUpdate("UPDATE ingest_batch SET version = version + 1, items_of = :sha, warnings = :warnings"
                        + " WHERE id = :id")
                .bind("sha", sha256)
                .bind("warnings", String.join("\n", warnings))
                .bind("id", batch.id().value())
                .execute();
        if (batch.state() == BatchState.DISCOVERED) {
            batches.move(tx, batch, BatchState.PREFLIGHTED);
        }
        tell(
                tx,
                batch,
                BatchPreflighted.newBuilder()
                        .setManifestSha256(StoreJudgement.bytes(sha256))
                        .setTally(items.tally(tx, batch.id(), Decision.By.PREFLIGHT)
                                .plus(items.tally(tx, batch.id(), Decision.By.IMPORT))
                                .told())
                        .addAllWarnings(warnings)
                        .build());
    }

    private void tell(Handle tx, Batch batch, BatchPreflighted preflight) {
        ledger.append(
                tx,
                List.of(LedgerEntries.preflight(
                        new LedgerSubject(batch.syncId().text(), batch.libraryId()), preflight)));
    }
}
