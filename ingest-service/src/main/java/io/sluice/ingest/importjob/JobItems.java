package io.sluice.ingest.importjob;

import java.util.List;
import java.util.Optional;
import jakarta.enterprise.context.ApplicationScoped;

import org.jdbi.v3.core.Handle;

import io.sluice.ingest.handover.Wave;
import io.sluice.ingest.identity.BatchId;

/** What a coordinator asks of the items of its batch: positions and counts, never whole rows. */
@ApplicationScoped
class JobItems {

    private static final String TERMINAL = "('created', 'linked', 'updated', 'skipped')";

    /** An item that is not in the library. */
    record Wrong(int position, String errorCode, String reason) {}

    /**
     * Positions of a wave that the job has yet to decide, in order: never decided by an import, or failed or deferred by
     * another job. What was decided does not come back, so whoever asks again goes on behind what is done.
     */
    List<Integer> undecided(Handle handle, BatchId batch, Wave wave, String jobId, int after, int limit) {
        return handle.createQuery("""
                        SELECT i.position FROM ingest_batch_item i FORCE INDEX (PRIMARY)
                        WHERE i.batch_id = :batch AND i.position > :after AND i.wave = :wave
                          AND (i.decided_by IS NULL OR i.decided_by <> 'import'
                            OR (i.job_id <> :job AND i.decision IN ('failed', 'deferred')))
                        ORDER BY i.position LIMIT :limit""")
                .bind("batch", batch.value())
                .bind("after", after)
                .bind("wave", wave.number())
                .bind("job", jobId)
                .bind("limit", limit)
                .mapTo(Integer.class)
                .list();
    }

    /** Positions that another job brought into the library, in order. */
    List<Integer> inLibrary(Handle handle, BatchId batch, String jobId, int after, int limit) {
        return handle.createQuery("SELECT i.position FROM ingest_batch_item i FORCE INDEX (PRIMARY)"
                        + " WHERE i.batch_id = :batch AND i.position > :after AND i.decided_by = 'import'"
                        + " AND i.job_id <> :job AND i.decision IN " + TERMINAL + " ORDER BY i.position LIMIT :limit")
                .bind("batch", batch.value())
                .bind("after", after)
                .bind("job", jobId)
                .bind("limit", limit)
                .mapTo(Integer.class)
                .list();
    }

    /** How many are decided for this job: in the library, or refused by it. Reads by_decision but for what was refused. */
    long done(Handle handle, BatchId batch, String jobId) {
        return handle.createQuery("""
                        SELECT (SELECT COUNT(*) FROM ingest_batch_item FORCE INDEX (by_decision)
                                WHERE batch_id = :batch AND decided_by = 'import' AND decision IN """ + TERMINAL + """
                            ) + (SELECT COUNT(*) FROM ingest_batch_item FORCE INDEX (by_decision)
                                WHERE batch_id = :batch AND decided_by = 'import'
                                  AND decision IN ('failed', 'deferred') AND job_id = :job)""")
                .bind("batch", batch.value())
                .bind("job", jobId)
                .mapTo(Long.class)
                .one();
    }

    /**
     * Items that the job deferred because of a parent that is an asset by now are to be decided again.
     *
     * @return how many
     */
    int reopen(Handle tx, BatchId batch, String jobId) {
        return tx.createUpdate("""
                        UPDATE ingest_batch_item i FORCE INDEX (by_decision)
                        JOIN external_hash e ON e.external_hash = i.parent_hash
                        SET i.decision = NULL, i.decided_by = NULL, i.job_id = NULL, i.error_code = '', i.last_error = ''
                        WHERE i.batch_id = :batch AND i.decided_by = 'import' AND i.decision = 'deferred'
                          AND i.error_code = 'parent_unknown' AND i.job_id = :job""")
                .bind("batch", batch.value())
                .bind("job", jobId)
                .execute();
    }

    /** The first item that the job failed, or else deferred. */
    Optional<Wrong> firstWrong(Handle handle, BatchId batch, String jobId) {
        return handle.createQuery("""
                        SELECT position, error_code, last_error FROM ingest_batch_item FORCE INDEX (by_decision)
                        WHERE batch_id = :batch AND decided_by = 'import' AND decision IN ('failed', 'deferred')
                          AND job_id = :job
                        ORDER BY decision DESC, position LIMIT 1""")
                .bind("batch", batch.value())
                .bind("job", jobId)
                .map((row, context) ->
                        new Wrong(row.getInt("position"), row.getString("error_code"), row.getString("last_error")))
                .findOne();
    }
}
