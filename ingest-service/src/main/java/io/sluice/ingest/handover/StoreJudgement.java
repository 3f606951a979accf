package io.sluice.ingest.handover;

import java.util.List;
import java.util.Objects;
import jakarta.enterprise.context.ApplicationScoped;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

import com.google.protobuf.ByteString;

import io.sluice.contract.ingest.v1.BundleScanned;
import io.sluice.ingest.ledger.Ledger;
import io.sluice.ingest.ledger.LedgerEntries;
import io.sluice.ingest.ledger.LedgerSubject;

/** Writes what was judged of a locked batch: its verdict, where that leaves it, and who supersedes whom. */
@ApplicationScoped
class StoreJudgement {

    private static final int LONGEST_REASON = 1000;
    private static final int LONGEST_POINTER = 500;

    private final Batches batches;
    private final Ledger ledger;

    StoreJudgement(Batches batches, Ledger ledger) {
        this.batches = batches;
        this.ledger = ledger;
    }

    /**
     * Gives the batch as it is then. One that is imported or superseded stays as it is; one that a job has keeps its
     * state, and the job meets the verdict.
     */
    Batch store(Handle tx, Batch batch, Judgement judged) {
        if (batch.state().settled() || batch.state() == BatchState.SUPERSEDED) {
            return batch;
        }
        write(tx, batch, judged);
        Batch now = again(tx, batch);
        if (!batch.state().ofJob()) {
            batches.move(tx, now, judged.verdict().state());
            if (judged.verdict() == Verdict.CONSUMABLE) {
                return superseded(tx, again(tx, batch));
            }
        }
        return again(tx, batch);
    }

    private Batch again(Handle tx, Batch batch) {
        return batches.find(tx, batch.id()).orElseThrow();
    }

    /** What was not read leaves what is known of the manifest. */
    private static void write(Handle tx, Batch batch, Judgement judged) {
        ManifestClaims claims = judged.claims();
        String read = claims == null ? "" : """
                , manifest_sha256 = :sha, sync_type = :type, action = :action, item_count = :items,
                total_bytes = :bytes, source_host = :host, manifest_created = :created,
                manifest_completed = :completed, prior_sync_id = :prior, verified_passed = :passed,
                verified_files = :files, extra = :extra""";
        Update update = tx.createUpdate(
                        "UPDATE ingest_batch SET version = version + 1, verdict = :verdict, reason = :reason,"
                                + " pointer = :pointer, judged_at = NOW(6)" + read + " WHERE id = :id")
                .bind("id", batch.id().value())
                .bind("verdict", judged.verdict().word())
                .bind("reason", BatchRows.cut(judged.reason(), LONGEST_REASON))
                .bind("pointer", BatchRows.cut(judged.pointer(), LONGEST_POINTER));
        (claims == null ? update : bind(update.bind("sha", judged.manifestSha256()), claims)).execute();
    }

    private static Update bind(Update update, ManifestClaims claims) {
        SyncId prior = claims.prior();
        return update.bind("type", claims.syncType())
                .bind("action", claims.action())
                .bind("items", claims.itemCount())
                .bind("bytes", claims.totalBytes())
                .bind("host", claims.sourceHost())
                .bind("created", BatchRows.utc(claims.created()))
                .bind("completed", BatchRows.utc(claims.completed()))
                .bind("prior", prior == null ? null : prior.text())
                .bind("passed", claims.verifiedPassed())
                .bind("files", claims.verifiedFiles())
                .bind("extra", claims.extra());
    }

    /** A bundle may come before or after the one that supersedes it. */
    private Batch superseded(Handle tx, Batch batch) {
        for (Batch successor : batches.successors(tx, batch.libraryId(), batch.syncId())) {
            if (!successor.id().equals(batch.id())
                    && (successor.verdict() == Verdict.CONSUMABLE
                            || successor.state().settled())) {
                batches.supersede(tx, batch, successor.syncId());
                return again(tx, batch);
            }
        }
        Batch prior = batches.prior(tx, batch);
        if (prior != null && !prior.id().equals(batch.id())) {
            Batch locked = batches.lock(tx, prior.id()).orElseThrow();
            boolean untouched = !locked.state().ofJob() && !locked.state().settled();
            if (untouched && locked.state() != BatchState.SUPERSEDED) {
                batches.supersede(tx, locked, batch.syncId());
            }
        }
        return batch;
    }

    /** Says in the ledger what stands there now. */
    void tell(Handle tx, Batch batch) {
        ledger.append(
                tx,
                List.of(LedgerEntries.scan(
                        new LedgerSubject(batch.syncId().text(), batch.libraryId()),
                        BundleScanned.newBuilder()
                                .setSource("filesystem")
                                .setManifestSha256(bytes(batch.manifestSha256()))
                                .setSyncType(batch.claims().syncType())
                                .setAction(batch.claims().action())
                                .setItemCount(batch.claims().itemCount())
                                .setTotalBytes(batch.claims().totalBytes())
                                .setVerdict(batch.verdict().word())
                                .setReason(batch.reason())
                                .setScanId(batch.look().scanId())
                                .build())));
    }

    static ByteString bytes(byte @Nullable [] sha256) {
        return ByteString.copyFrom(Objects.requireNonNullElseGet(sha256, () -> new byte[0]));
    }
}
