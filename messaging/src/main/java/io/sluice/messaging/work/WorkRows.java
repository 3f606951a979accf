package io.sluice.messaging.work;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.Update;

import io.sluice.messaging.Instance;

/** The statements on table work, each named after what it serves. */
final class WorkRows {

    /** A row that is locked by the transaction that read it. */
    record Row(
            long id,
            String key,
            long releaseToken,
            long leaseToken,
            int attempts,
            int failed,
            int vanished,
            int interrupted,
            boolean again) {

        boolean alone() {
            return vanished >= Verdict.ALONE_FROM;
        }

        Row withReleaseToken(long token) {
            return new Row(id, key, token, 0, attempts, failed, vanished, interrupted, false);
        }
    }

    static final String COLUMNS =
            "SELECT id, state, work_key, release_token, lease_token, attempts, failed, vanished, interrupted, again FROM work ";

    static final RowMapper<Row> ROW = (row, context) -> new Row(
            row.getLong("id"),
            row.getString("work_key"),
            row.getLong("release_token"),
            row.getLong("lease_token"),
            row.getInt("attempts"),
            row.getInt("failed"),
            row.getInt("vanished"),
            row.getInt("interrupted"),
            row.getBoolean("again"));

    static final int WOKEN_AT_ONCE = 1000;

    private static final String NO_LEASE = "lease_owner = NULL, lease_incarnation = NULL, lease_until = NULL";

    private final String incarnation;
    private final Instance instance;
    private final Duration lease;

    WorkRows(Instance instance, Duration lease) {
        this.instance = instance;
        this.incarnation = instance.incarnation().toString();
        this.lease = lease;
    }

    // --- releasing

    /** Deferred rows whose time has come wait again, at most {@link #WOKEN_AT_ONCE}. */
    int wakeDeferred(Handle tx, String workClass) {
        return tx.createUpdate("UPDATE work SET state = 'waiting', state_since = NOW(6)"
                        + " WHERE work_class = :class AND state = 'deferred' AND due_at <= NOW(6) ORDER BY due_at LIMIT "
                        + WOKEN_AT_ONCE)
                .bind("class", workClass)
                .execute();
    }

    /** Released rows that nobody claimed wait again; the token of their message is dead with the next release. */
    static int takeBackUnclaimed(Handle tx, String workClass, Duration after) {
        return tx.createUpdate("UPDATE work SET state = 'waiting', state_since = NOW(6) WHERE work_class = :class"
                        + " AND state = 'released' AND released_at <= NOW(6) - INTERVAL :micros MICROSECOND")
                .bind("class", workClass)
                .bind("micros", after.toNanos() / 1000)
                .execute();
    }

    /** Released and running rows of the class. */
    int inWindow(Handle tx, String workClass) {
        return tx.createQuery(
                        "SELECT COUNT(*) FROM work WHERE work_class = :class AND state IN ('released', 'running')")
                .bind("class", workClass)
                .mapTo(Integer.class)
                .one();
    }

    /** Releases rows that this transaction has locked, and gives them with their new tokens, in the same order. */
    List<Row> release(Handle tx, List<Row> next) {
        update(
                tx,
                "state = 'released', release_token = release_token + 1, released_at = NOW(6), state_since = NOW(6)",
                ids(next));
        return next.stream()
                .map(row -> row.withReleaseToken(row.releaseToken + 1))
                .toList();
    }

    // --- claiming

    /** Locks those of the rows that are released. */
    List<Row> lockReleased(Handle tx, Collection<Long> ids) {
        return tx.createQuery(COLUMNS + "WHERE id IN (<ids>) AND state = 'released' ORDER BY id FOR UPDATE")
                .bindList("ids", sorted(ids))
                .map(ROW)
                .list();
    }

    /** Counts an attempt and starts the lease. */
    void claim(Handle tx, Collection<Long> ids) {
        update(
                tx,
                "state = 'running', attempts = attempts + 1, lease_token = release_token, lease_owner = :owner,"
                        + " lease_incarnation = :incarnation, again = FALSE, state_since = NOW(6),"
                        + " lease_until = NOW(6) + INTERVAL :micros MICROSECOND",
                ids);
    }

    // --- holding

    /** Which of the rows this process still holds. */
    Set<Long> held(Handle handle, Collection<Long> ids) {
        return new HashSet<>(handle.createQuery(
                        "SELECT id FROM work WHERE id IN (<ids>) AND state = 'running' AND lease_incarnation = :incarnation")
                .bindList("ids", sorted(ids))
                .bind("incarnation", incarnation)
                .mapTo(Long.class)
                .list());
    }

    /** Lengthens leases and tells which; a row that is locked is just being ended, by us or by who reaps it. */
    Set<Long> renew(Handle tx, Collection<Long> ids) {
        if (ids.isEmpty()) {
            return Set.of();
        }
        List<Long> free = tx.createQuery("SELECT id FROM work WHERE id IN (<ids>) AND state = 'running'"
                        + " AND lease_incarnation = :incarnation ORDER BY id FOR UPDATE SKIP LOCKED")
                .bindList("ids", sorted(ids))
                .bind("incarnation", incarnation)
                .mapTo(Long.class)
                .list();
        update(tx, "lease_until = NOW(6) + INTERVAL :micros MICROSECOND", free);
        return Set.copyOf(free);
    }

    /** Locks those of the rows that this process holds, in id order. */
    List<Row> lockHeld(Handle tx, Collection<Long> ids) {
        return tx.createQuery(COLUMNS + "WHERE id IN (<ids>) AND state = 'running' AND lease_incarnation = :incarnation"
                        + " ORDER BY id FOR UPDATE")
                .bindList("ids", sorted(ids))
                .bind("incarnation", incarnation)
                .map(ROW)
                .list();
    }

    /** Locks running rows whose process is gone: their lease ran out, or they are of an earlier incarnation of this one. */
    List<Row> lockVanished(Handle tx, String workClass, int limit) {
        return lockVanished(tx, workClass, "", 0, limit);
    }

    /** Locks this row if its process is gone. */
    List<Row> lockVanishedRow(Handle tx, String workClass, long id) {
        return lockVanished(tx, workClass, " AND id = :id", id, 1);
    }

    private List<Row> lockVanished(Handle tx, String workClass, String which, long id, int limit) {
        return tx.createQuery(COLUMNS + "WHERE work_class = :class AND state = 'running'" + which
                        + " AND (lease_until <= NOW(6)"
                        + " OR (:stable AND lease_owner = :owner AND lease_incarnation <> :incarnation))"
                        + " LIMIT :limit FOR UPDATE SKIP LOCKED")
                .bind("id", id)
                .bind("class", workClass)
                .bind("stable", instance.stable())
                .bind("owner", instance.name())
                .bind("incarnation", incarnation)
                .bind("limit", limit)
                .map(ROW)
                .list();
    }

    // --- ending

    void delete(Handle tx, Collection<Long> ids) {
        if (!ids.isEmpty()) {
            tx.createUpdate("DELETE FROM work WHERE id IN (<ids>)")
                    .bindList("ids", sorted(ids))
                    .execute();
        }
    }

    /** As just submitted, at the time that the submission asked for. */
    void afresh(Handle tx, Collection<Long> ids) {
        update(
                tx,
                "attempts = 0, failed = 0, vanished = 0, interrupted = 0, again = FALSE, error_code = NULL, error = NULL,"
                        + " state = IF(due_at > NOW(6), 'deferred', 'waiting'), state_since = NOW(6), " + NO_LEASE,
                ids);
    }

    void retry(Handle tx, long id, Verdict.Retry retry) {
        Update update = tx.createUpdate("UPDATE work SET failed = failed + 1, interrupted = 0, state = 'deferred',"
                + " due_at = NOW(6) + INTERVAL :pause MICROSECOND, error_code = :code, error = :error,"
                + " state_since = NOW(6), " + NO_LEASE + " WHERE id = :id");
        update.bind("id", id)
                .bind("pause", retry.pause().toNanos() / 1000)
                .bind("code", retry.code().code())
                .bind("error", cut(retry.reason()))
                .execute();
    }

    void refund(Handle tx, long id, Verdict.Refund refund) {
        Update update = tx.createUpdate("UPDATE work SET attempts = attempts - 1, interrupted = interrupted + 1,"
                + " again = FALSE, state = 'deferred', due_at = NOW(6) + INTERVAL :pause MICROSECOND,"
                + " error_code = :code, error = :error, state_since = NOW(6), " + NO_LEASE + " WHERE id = :id");
        update.bind("id", id)
                .bind("pause", refund.pause().toNanos() / 1000)
                .bind("code", refund.code().code())
                .bind("error", cut(refund.reason()))
                .execute();
    }

    void giveUp(Handle tx, long id, Verdict.GivenUp end) {
        Update update = tx.createUpdate("UPDATE work SET state = 'given_up', error_code = :code, error = :error,"
                + " vanished = vanished + (:code = 'worker_lost'), failed = failed + (:code <> 'worker_lost'),"
                + " state_since = NOW(6), " + NO_LEASE + " WHERE id = :id");
        update.bind("id", id)
                .bind("code", end.code().code())
                .bind("error", cut(end.reason()))
                .execute();
    }

    /** Its process died inside it; it waits for the next one. */
    void vanished(Handle tx, Collection<Long> ids) {
        update(
                tx,
                "vanished = vanished + 1, again = FALSE, state = 'waiting', state_since = NOW(6), error_code = 'worker_lost',"
                        + " error = CONCAT('The process ', COALESCE(lease_owner, '?'), ' ended while it worked on this'), "
                        + NO_LEASE,
                ids);
    }

    /** Those of the rows that this process holds wait again, uncounted: it stops. */
    void giveBack(Handle tx, Collection<Long> ids) {
        update(
                tx,
                "attempts = attempts - 1, state = 'waiting', again = FALSE, state_since = NOW(6), " + NO_LEASE,
                ids(lockHeld(tx, ids)));
    }

    private void update(Handle tx, String assignments, Collection<Long> ids) {
        if (!ids.isEmpty()) {
            tx.createUpdate("UPDATE work SET " + assignments + " WHERE id IN (<ids>)")
                    .bindList("ids", sorted(ids))
                    .bind("owner", instance.name())
                    .bind("incarnation", incarnation)
                    .bind("micros", lease.toNanos() / 1000)
                    .execute();
        }
    }

    static List<Long> ids(Collection<Row> rows) {
        return rows.stream().map(Row::id).toList();
    }

    private static List<Long> sorted(Collection<Long> ids) {
        return ids.stream().sorted().toList();
    }

    private static String cut(String reason) {
        return reason.substring(0, Math.min(2000, reason.length()));
    }
}
