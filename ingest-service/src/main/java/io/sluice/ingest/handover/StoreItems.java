package io.sluice.ingest.handover;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jakarta.enterprise.context.ApplicationScoped;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import io.sluice.contract.ErrorCode;
import io.sluice.ingest.handover.BatchItem.Decided;
import io.sluice.ingest.identity.BatchId;
import io.sluice.ingest.identity.ContentHash;
import io.sluice.ingest.identity.ExternalHash;
import io.sluice.messaging.ManyRows;

/** Writes the entries of a manifest as rows; what an import has decided of the same entry stays. */
@ApplicationScoped
class StoreItems {

    private static final int LONGEST_REASON = 1000;

    /** Attempts are those of the entry: another one at its place starts anew. Asked before the hash is assigned. */
    private static final ManyRows UPSERT = new ManyRows("""
            INSERT INTO ingest_batch_item (batch_id, position, wave, asset_type, asset_subtype, external_hash,
                parent_hash, cover_hash, path, bytes, mime, title, source, members, deliverables, extra, decision, decided_by, job_id,
                target_asset, target_container, error_code, last_error) VALUES""", "(" + "?, ".repeat(18) + "NULL, ?, ?, ?, ?)", """
            ON DUPLICATE KEY UPDATE
                attempts = IF(external_hash <=> VALUES(external_hash), attempts, 0),
                wave = VALUES(wave), asset_type = VALUES(asset_type), asset_subtype = VALUES(asset_subtype),
                external_hash = VALUES(external_hash), parent_hash = VALUES(parent_hash),
                cover_hash = VALUES(cover_hash), path = VALUES(path), bytes = VALUES(bytes), mime = VALUES(mime),
                title = VALUES(title), source = VALUES(source), members = VALUES(members), deliverables = VALUES(deliverables), extra = VALUES(extra),
                decision = VALUES(decision), decided_by = VALUES(decided_by), job_id = NULL,
                target_asset = VALUES(target_asset), target_container = VALUES(target_container),
                error_code = VALUES(error_code), last_error = VALUES(last_error)""");

    private final BatchItems items;

    StoreItems(BatchItems items) {
        this.items = items;
    }

    /** An entry, and what would become of it. */
    record Predicted(ManifestItem item, Decided decided) {}

    /** In the order of their positions, under the batch's lock. */
    void store(Handle tx, BatchId batch, List<Predicted> entries) {
        Map<Integer, BatchItem> known = new HashMap<>();
        items.find(
                        tx,
                        batch,
                        entries.stream().map(entry -> entry.item().position()).toList())
                .forEach(item -> known.put(item.position(), item));
        List<Predicted> written = entries.stream()
                .filter(entry -> !isDone(known.get(entry.item().position()), entry.item()))
                .toList();
        UPSERT.write(tx, written, entry -> values(batch, entry.item(), entry.decided()));
    }

    private static boolean isDone(@Nullable BatchItem known, ManifestItem item) {
        return known != null
                && known.decided() != null
                && known.decided().by() == Decision.By.IMPORT
                && item.externalHash().equals(known.externalHash())
                && Arrays.equals(item.path(), known.path())
                && item.deliverables().equals(known.deliverables());
    }

    private static Object[] values(BatchId batch, ManifestItem item, Decided decided) {
        ContentHash asset = decided.targetAsset();
        ErrorCode error = decided.error();
        return new Object[] {
            batch.value(),
            item.position(),
            item.wave().number(),
            item.assetType(),
            item.assetSubtype(),
            item.externalHash().bytes(),
            bytes(item.parentHash()),
            bytes(item.coverHash()),
            item.path(),
            item.bytes(),
            item.mime(),
            item.title(),
            item.source(),
            BatchItemRows.stored(item.members()),
            item.deliverables().stored(),
            item.extra(),
            decided.decision().word(),
            decided.by().word(),
            asset == null ? null : asset.bytes(),
            decided.targetContainer(),
            error == null ? "" : error.code(),
            BatchRows.cut(decided.reason(), LONGEST_REASON)
        };
    }

    private static byte @Nullable [] bytes(@Nullable ExternalHash hash) {
        return hash == null ? null : hash.bytes();
    }

    /** Rows behind the manifest's last entry: of a longer one before. Gives how many went, at most that many. */
    int removeBehind(Handle tx, BatchId batch, int entries, int limit) {
        return tx.createUpdate("DELETE FROM ingest_batch_item WHERE batch_id = :batch AND position >= :entries"
                        + " ORDER BY position LIMIT :limit")
                .bind("batch", batch.value())
                .bind("entries", entries)
                .bind("limit", limit)
                .execute();
    }
}
