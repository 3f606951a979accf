package io.sluice.ingest.handover;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import jakarta.enterprise.context.ApplicationScoped;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

import io.sluice.contract.ErrorCode;
import io.sluice.ingest.handover.BatchItem.Decided;
import io.sluice.ingest.identity.BatchId;
import io.sluice.ingest.identity.ContentHash;
import io.sluice.ingest.identity.ExternalHash;
import io.sluice.ingest.location.InList;

/** The table of batch items. */
@ApplicationScoped
public class BatchItems {

    private static final int LONGEST_REASON = 1000;

    /**
     * Items of a wave that a job has yet to decide, in the order of the manifest: never decided by an import, or failed
     * or deferred by another job; of a forced job everything that it has not decided itself. An item that was decided
     * does not come back, so whoever asks again may go on behind what was done before.
     *
     * @param after the last position that is known to be done; -1 for the beginning
     */
    public List<BatchItem> undecided(
            Handle handle, BatchId batch, Wave wave, String jobId, boolean forced, int after, int limit) {
        return handle.createQuery("SELECT " + BatchItemRows.COLUMNS + """
                         FROM ingest_batch_item i FORCE INDEX (PRIMARY)
                        WHERE i.batch_id = :batch AND i.position > :after AND i.wave = :wave
                          AND (i.decided_by IS NULL OR i.decided_by <> 'import'
                            OR (i.job_id <> :job AND (:forced OR i.decision IN ('failed', 'deferred'))))
                        ORDER BY i.position LIMIT :limit""")
                .bind("batch", batch.value())
                .bind("after", after)
                .bind("wave", wave.number())
                .bind("job", jobId)
                .bind("forced", forced)
                .bind("limit", limit)
                .map((row, context) -> BatchItemRows.read(row))
                .list();
    }

    /** Items of a wave that this job deferred: tried again at its end. By position behind that one. */
    public List<BatchItem> deferred(Handle handle, BatchId batch, Wave wave, String jobId, int after, int limit) {
        return handle.createQuery("SELECT " + BatchItemRows.COLUMNS + """
                         FROM ingest_batch_item i FORCE INDEX (by_decision)
                        WHERE i.batch_id = :batch AND i.decided_by = 'import' AND i.decision = 'deferred'
                          AND i.wave = :wave AND i.position > :after AND i.job_id = :job
                        ORDER BY i.position LIMIT :limit""")
                .bind("batch", batch.value())
                .bind("after", after)
                .bind("wave", wave.number())
                .bind("job", jobId)
                .bind("limit", limit)
                .map((row, context) -> BatchItemRows.read(row))
                .list();
    }

    /** Those items of a batch, by position; for a batch of work one statement. */
    public List<BatchItem> find(Handle handle, BatchId batch, Collection<Integer> positions) {
        return InList.of(positions.stream().sorted().toList())
                .flatMap(list -> list
                        .bind(
                                handle.createQuery("SELECT " + BatchItemRows.COLUMNS
                                                + " FROM ingest_batch_item i FORCE INDEX (PRIMARY) WHERE i.batch_id = ?"
                                                + " AND i.position IN (" + list.marks() + ") ORDER BY i.position")
                                        .bind(0, batch.value()),
                                1)
                        .map((row, context) -> BatchItemRows.read(row))
                        .stream())
                .toList();
    }

    /** Items of a batch that carry one of these hashes, by hash and position. */
    public List<BatchItem> ofHashes(Handle handle, BatchId batch, Collection<ExternalHash> hashes) {
        return InList.of(hashes.stream().sorted().map(ExternalHash::bytes).toList())
                .flatMap(list -> list
                        .bind(
                                handle.createQuery("SELECT " + BatchItemRows.COLUMNS
                                                + " FROM ingest_batch_item i FORCE INDEX (by_external) WHERE i.batch_id = ?"
                                                + " AND i.external_hash IN (" + list.marks()
                                                + ") ORDER BY i.external_hash, i.position")
                                        .bind(0, batch.value()),
                                1)
                        .map((row, context) -> BatchItemRows.read(row))
                        .stream())
                .toList();
    }

    /**
     * Decides items, in the order of their positions.
     *
     * @param attempted whether these decisions count as an attempt at their items
     */
    public void decide(Handle tx, BatchId batch, SortedMap<Integer, Decided> decisions, boolean attempted) {
        if (decisions.isEmpty()) {
            return;
        }
        try (PreparedBatch rows = tx.prepareBatch("""
                UPDATE ingest_batch_item
                   SET decision = ?, decided_by = ?, job_id = ?, target_asset = ?, target_container = ?, error_code = ?,
                       last_error = ?, attempts = attempts + ?
                 WHERE batch_id = ? AND position = ?""")) {
            decisions.forEach((position, decided) -> {
                ContentHash target = decided.targetAsset();
                ErrorCode error = decided.error();
                rows.add(
                        decided.decision().word(),
                        decided.by().word(),
                        decided.jobId(),
                        target == null ? null : target.bytes(),
                        decided.targetContainer(),
                        error == null ? "" : error.code(),
                        BatchRows.cut(decided.reason(), LONGEST_REASON),
                        attempted ? 1 : 0,
                        batch.value(),
                        position);
            });
            rows.execute();
        }
    }

    /** How many items the batch has. */
    public long count(Handle handle, BatchId batch) {
        return handle.createQuery("SELECT COUNT(*) FROM ingest_batch_item WHERE batch_id = ?")
                .bind(0, batch.value())
                .mapTo(Long.class)
                .one();
    }

    /** How those decided by it were decided; an index alone is read. */
    public Tally tally(Handle handle, BatchId batch, Decision.By by) {
        return tally(handle, batch, by, "by_decision", "");
    }

    /** How one job decided. */
    public Tally tallyOfJob(Handle handle, BatchId batch, String jobId) {
        return tally(handle, batch, Decision.By.IMPORT, "PRIMARY", jobId);
    }

    private static Tally tally(Handle handle, BatchId batch, Decision.By by, String index, String jobId) {
        return new Tally(handle.createQuery("SELECT decision, COUNT(*) AS count FROM ingest_batch_item FORCE INDEX ("
                        + index + ") WHERE batch_id = :batch AND decided_by = :by AND decision IS NOT NULL"
                        + (jobId.isEmpty() ? "" : " AND job_id = :job") + " GROUP BY decision")
                .bind("batch", batch.value())
                .bind("by", by.word())
                .bind("job", jobId)
                .map((row, context) -> Map.entry(Decision.ofWord(row.getString("decision")), row.getLong("count")))
                .collectToMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
