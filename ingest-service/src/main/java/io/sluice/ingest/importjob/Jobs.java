package io.sluice.ingest.importjob;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import jakarta.enterprise.context.ApplicationScoped;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

import io.sluice.ingest.handover.Tally;
import io.sluice.ingest.identity.BatchId;
import io.sluice.ingest.listing.AsciiId;
import io.sluice.ingest.location.InList;

/** The table of import jobs. A job's row is locked before its batch's. */
@ApplicationScoped
class Jobs {

    static final String COLUMNS = """
            j.id, j.batch_id, j.state, j.priority, j.forced, j.requested_by, j.queued_at, j.claimed_at, j.finished_at,
            j.worker, j.token, j.step, j.attempted, j.vanished, j.skipped_terminal, j.items_total, j.items_done,
            j.tally, j.last_error, j.version""";

    static final RowMapper<Job> ROW = (row, context) -> read(row);

    private static final int LONGEST_ERROR = 1000;

    static Job read(ResultSet row) throws SQLException {
        return new Job(
                row.getString("id"),
                new BatchId(row.getLong("batch_id")),
                JobState.ofWord(row.getString("state")),
                row.getInt("priority"),
                row.getBoolean("forced"),
                row.getString("requested_by"),
                Objects.requireNonNull(instant(row, "queued_at")),
                instant(row, "claimed_at"),
                instant(row, "finished_at"),
                row.getString("worker"),
                row.getLong("token"),
                row.getString("step"),
                row.getBoolean("attempted"),
                row.getInt("vanished"),
                row.getLong("skipped_terminal"),
                row.getLong("items_total"),
                row.getLong("items_done"),
                TallyText.read(row.getString("tally")),
                row.getString("last_error"),
                row.getLong("version"));
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        LocalDateTime time = row.getObject(column, LocalDateTime.class);
        return time == null ? null : time.toInstant(ZoneOffset.UTC);
    }

    Optional<Job> find(Handle handle, String id) {
        return one(handle, id, "");
    }

    Optional<Job> lock(Handle tx, String id) {
        return one(tx, id, " FOR UPDATE");
    }

    /** The job as it stays to the transaction's end. */
    Optional<Job> share(Handle tx, String id) {
        return one(tx, id, " LOCK IN SHARE MODE");
    }

    private static Optional<Job> one(Handle handle, String id, String lock) {
        if (!AsciiId.canBe(id)) {
            return Optional.empty();
        }
        return handle.createQuery("SELECT " + COLUMNS + " FROM import_job j WHERE j.id = ?" + lock)
                .bind(0, id)
                .map(ROW)
                .findOne();
    }

    /** Those of these ids. */
    Map<String, Job> find(Handle handle, Collection<String> ids) {
        return InList.of(new TreeSet<>(ids))
                .flatMap(list -> list
                        .bind(
                                handle.createQuery("SELECT " + COLUMNS + " FROM import_job j WHERE j.id IN ("
                                        + list.marks() + ")"),
                                0)
                        .map(ROW)
                        .stream())
                .collect(Collectors.toMap(Job::id, Function.identity()));
    }

    /** The job of that batch that is queued or runs. */
    Optional<Job> active(Handle handle, BatchId batch) {
        return handle.createQuery(
                        "SELECT " + COLUMNS + " FROM import_job j FORCE INDEX (by_active) WHERE j.active_batch_id = ?")
                .bind(0, batch.value())
                .map(ROW)
                .findOne();
    }

    void insert(Handle tx, String id, BatchId batch, int priority, boolean forced, String requestedBy) {
        tx.createUpdate("""
                        INSERT INTO import_job (id, batch_id, active_batch_id, state, priority, forced, requested_by)
                        VALUES (?, ?, ?, 'queued', ?, ?, ?)""")
                .bind(0, id)
                .bind(1, batch.value())
                .bind(2, batch.value())
                .bind(3, priority)
                .bind(4, forced)
                .bind(5, cut(requestedBy, 190))
                .execute();
    }

    /** Locks the next one to claim that nobody else is just claiming: priority, then first come. Reads by_turn in order. */
    Optional<Job> lockNext(Handle tx) {
        return tx.createQuery("SELECT " + COLUMNS + " FROM import_job j FORCE INDEX (by_turn) WHERE j.state = 'queued'"
                        + " ORDER BY j.priority, j.queued_at, j.id LIMIT 1 FOR UPDATE SKIP LOCKED")
                .map(ROW)
                .findOne();
    }

    /** A locked, queued job runs now, under the next token. */
    void claim(Handle tx, Job job, String worker) {
        tx.createUpdate("""
                        UPDATE import_job SET version = version + 1, state = 'running', token = token + 1, worker = ?, claimed_at = NOW(6),
                            step = 'preflight', last_error = '' WHERE id = ?""").bind(0, cut(worker, 190)).bind(1, job.id()).execute();
    }

    /** A locked, running job waits again. */
    void requeue(Handle tx, Job job, boolean vanished) {
        tx.createUpdate(
                        "UPDATE import_job SET version = version + 1, state = 'queued', step = '', worker = '', vanished = vanished + ?"
                                + " WHERE id = ?")
                .bind(0, vanished ? 1 : 0)
                .bind(1, job.id())
                .execute();
    }

    void step(Handle tx, Job job, JobStep step, long itemsTotal) {
        tx.createUpdate("UPDATE import_job SET version = version + 1, step = ?, items_total = ? WHERE id = ?")
                .bind(0, step.word())
                .bind(1, itemsTotal)
                .bind(2, job.id())
                .execute();
    }

    /** From now on items of it may have been tried. */
    void attempted(Handle tx, Job job) {
        tx.createUpdate("UPDATE import_job SET version = version + 1, attempted = TRUE WHERE id = ?")
                .bind(0, job.id())
                .execute();
    }

    /** A locked job is over. */
    void end(Handle tx, Job job, JobState state, Tally tally, long skippedTerminal, long itemsTotal, String error) {
        tx.createUpdate("""
                        UPDATE import_job SET version = version + 1, state = ?, active_batch_id = NULL, finished_at = NOW(6), step = '', tally = ?,
                            skipped_terminal = ?, items_total = ?, items_done = ?, last_error = ? WHERE id = ?""")
                .bind(0, state.word())
                .bind(1, TallyText.write(tally))
                .bind(2, skippedTerminal)
                .bind(3, itemsTotal)
                .bind(4, skippedTerminal + tally.decided())
                .bind(5, cut(error, LONGEST_ERROR))
                .bind(6, job.id())
                .execute();
    }

    /** @return how many jobs are in each state that is not over, with the age of the oldest in seconds */
    List<Count> waiting(Handle handle) {
        return handle.createQuery("""
                        SELECT state, COUNT(*) AS count, TIMESTAMPDIFF(MICROSECOND, MIN(queued_at), NOW(6)) / 1e6 AS oldest
                        FROM import_job FORCE INDEX (by_turn) WHERE state IN ('queued', 'running') GROUP BY state""")
                .map((row, context) -> new Count(
                        JobState.ofWord(row.getString("state")), row.getLong("count"), row.getDouble("oldest")))
                .list();
    }

    record Count(JobState state, long jobs, double oldestSeconds) {}

    private static String cut(String text, int longest) {
        return text.substring(0, Math.min(longest, text.length()));
    }
}
