package io.sluice.messaging;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import io.sluice.messaging.work.Lane;
import io.sluice.messaging.work.WorkPauses;

/** Counts what waits, runs and is stuck in this schema, for gauges and for people. */
public final class Backlog {

    /** @param oldestSeconds since the oldest came into this state */
    public record Work(
            String workClass,
            String lane,
            String state,
            long count,
            double oldestSeconds,
            String lastErrorCode,
            String lastError) {

        private Work later(double seconds) {
            return new Work(workClass, lane, state, count, oldestSeconds + seconds, lastErrorCode, lastError);
        }
    }

    /** @param lastError of the one whose next attempt comes first */
    public record Deferred(String topic, long count, double oldestSeconds, String lastErrorCode, String lastError) {

        private Deferred later(double seconds) {
            return new Deferred(topic, count, oldestSeconds + seconds, lastErrorCode, lastError);
        }
    }

    /** @param outboxOldestSeconds null when nothing waits */
    public record Snapshot(
            List<Work> work,
            List<Deferred> deferred,
            long outboxWaiting,
            long outboxBlocked,
            @Nullable Double outboxOldestSeconds,
            long deadLetters,
            List<WorkPauses.Pause> pauses) {

        /** The same counts so many seconds later: what waits has become older meanwhile. */
        private Snapshot later(double seconds) {
            return new Snapshot(
                    work.stream().map(line -> line.later(seconds)).toList(),
                    deferred.stream().map(line -> line.later(seconds)).toList(),
                    outboxWaiting,
                    outboxBlocked,
                    outboxOldestSeconds == null ? null : outboxOldestSeconds + seconds,
                    deadLetters,
                    pauses);
        }
    }

    private record Counted(Snapshot snapshot, long at, long keptNanos) {}

    private static final long SHORTEST_NANOS = 1_000_000_000;

    /** Reads only work_next, which covers it: 10 million rows cost seconds, so the counting paces itself. */
    private static final String WORK = """
            SELECT work_class, lane, state, COUNT(*) AS count,
                   TIMESTAMPDIFF(MICROSECOND, MIN(state_since), NOW(6)) / 1e6 AS oldest
              FROM work GROUP BY work_class, state, lane""";

    /** The most recent failure among the newest 1,000 rows of a group. */
    private static final String LAST_ERROR = """
            SELECT error_code, error FROM (
                SELECT error_code, error, state_since FROM work
                 WHERE work_class = :class AND state = :state AND lane = :lane
                 ORDER BY priority DESC, id DESC LIMIT 1000) newest
             WHERE error_code IS NOT NULL ORDER BY state_since DESC LIMIT 1""";

    private final Transactions transactions;
    private volatile @Nullable Counted last;

    public Backlog(Transactions transactions) {
        this.transactions = transactions;
    }

    /** Counts are at most a second old, or as old as ten times what the counting takes; ages are those of now. */
    public Snapshot recent() {
        Counted known = last;
        long now = System.nanoTime();
        if (known == null || now - known.at >= known.keptNanos) {
            Snapshot counted = transactions.read(Backlog::count);
            known = new Counted(counted, now, Math.max(SHORTEST_NANOS, 10 * (System.nanoTime() - now)));
            last = known;
        }
        return known.snapshot.later((System.nanoTime() - known.at) / 1e9);
    }

    private static Snapshot count(Handle handle) {
        List<Work> work = new ArrayList<>();
        handle.createQuery(WORK)
                .map((row, context) -> new Work(
                        row.getString("work_class"),
                        Lane.values()[row.getInt("lane")].name().toLowerCase(Locale.ROOT),
                        row.getString("state"),
                        row.getLong("count"),
                        row.getDouble("oldest"),
                        "",
                        ""))
                .forEach(line -> work.add(withLastError(handle, line)));
        List<Deferred> deferred = handle.createQuery("""
                        SELECT topic, COUNT(*) AS count, TIMESTAMPDIFF(MICROSECOND, MIN(created_at), NOW(6)) / 1e6 AS oldest
                          FROM deferred_message GROUP BY topic""")
                .map((row, context) ->
                        withLastError(handle, row.getString("topic"), row.getLong("count"), row.getDouble("oldest")))
                .list();
        Double oldest = handle.createQuery("""
                        SELECT TIMESTAMPDIFF(MICROSECOND, created_at, NOW(6)) / 1e6 FROM outbox ORDER BY id LIMIT 1""").mapTo(Double.class).findOne().orElse(null);
        return new Snapshot(
                work,
                deferred,
                number(handle, "SELECT COUNT(*) FROM outbox"),
                number(handle, "SELECT COUNT(*) FROM outbox WHERE blocked"),
                oldest,
                number(handle, "SELECT COUNT(*) FROM dead_letter WHERE state = 'open'"),
                WorkPauses.all(handle));
    }

    /** Those queued behind a failed one have no error and no time of their own. */
    private static Deferred withLastError(Handle handle, String topic, long count, double oldest) {
        return handle.createQuery("""
                        SELECT error_code, error FROM deferred_message
                         WHERE topic = :topic AND error_code IS NOT NULL ORDER BY due_at LIMIT 1""")
                .bind("topic", topic)
                .map((row, context) ->
                        new Deferred(topic, count, oldest, row.getString("error_code"), row.getString("error")))
                .findOne()
                .orElseGet(() -> new Deferred(topic, count, oldest, "", ""));
    }

    private static Work withLastError(Handle handle, Work line) {
        if (line.state().equals("released") || line.state().equals("running")) {
            return line;
        }
        return handle.createQuery(LAST_ERROR)
                .bind("class", line.workClass())
                .bind("state", line.state())
                .bind("lane", Lane.valueOf(line.lane().toUpperCase(Locale.ROOT)).ordinal())
                .map((row, context) -> new Work(
                        line.workClass(),
                        line.lane(),
                        line.state(),
                        line.count(),
                        line.oldestSeconds(),
                        row.getString("error_code"),
                        row.getString("error")))
                .findOne()
                .orElse(line);
    }

    private static long number(Handle handle, String sql) {
        return handle.createQuery(sql).mapTo(Long.class).one();
    }
}
