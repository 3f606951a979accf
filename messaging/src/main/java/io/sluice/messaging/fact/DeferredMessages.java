package io.sluice.messaging.fact;

import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import io.sluice.contract.ErrorCode;
import io.sluice.messaging.deadletter.DeadLetter;
import io.sluice.messaging.deadletter.Redrive;

/** Rows of messages that wait for their next attempt, and of those queued behind them by key. */
final class DeferredMessages {

    /** Between a failure and the next attempt, by how many attempts were made; then it is a dead letter (C09). */
    private static final List<Duration> PAUSES =
            List.of(Duration.ofSeconds(1), Duration.ofSeconds(4), Duration.ofSeconds(9));

    /** A lower offset so much later is not an older record but one of a topic that was made anew. */
    private static final int ANEW_MILLIS = 60_000;

    /** @param attempts made so far */
    record Row(long id, PolledRecord record, int attempts) {}

    private DeferredMessages() {}

    /** The pause after that many attempts; empty when they are used up. */
    static Optional<Duration> pauseAfter(int attempts) {
        return attempts <= PAUSES.size() ? Optional.of(PAUSES.get(attempts - 1)) : Optional.empty();
    }

    /** Which of these keys have a row; the rows are locked until the transaction ends. */
    static Set<ByteBuffer> keysWaiting(Handle tx, String group, String topic, Collection<byte[]> keys) {
        boolean any = tx.createQuery(
                        "SELECT 1 FROM deferred_message WHERE consumer_group = :group AND topic = :topic LIMIT 1")
                .bind("group", group)
                .bind("topic", topic)
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
        if (!any) {
            return Set.of();
        }
        return new HashSet<>(tx.createQuery("""
                        SELECT record_key FROM deferred_message
                         WHERE consumer_group = :group AND topic = :topic AND record_key IN (<keys>) FOR UPDATE""")
                .bind("group", group)
                .bind("topic", topic)
                .bindList("keys", List.copyOf(keys))
                .map((row, context) -> ByteBuffer.wrap(row.getBytes(1)))
                .list());
    }

    /** The first failure of a message. One that is there already (delivered again) stays as it is. */
    static void defer(Handle tx, String group, PolledRecord record, ErrorCode code, String reason) {
        insert(tx, group, record, 1, PAUSES.getFirst(), code, reason);
    }

    /** Behind the rows of its key. */
    static void queue(Handle tx, String group, PolledRecord record) {
        insert(tx, group, record, 0, null, null, null);
    }

    /** A newer version of a compacted key takes the older one's place and its next attempt. */
    static void replace(Handle tx, String group, PolledRecord record) {
        tx.createUpdate("""
                        UPDATE deferred_message
                           SET partition_no = :partition, record_offset = :offset, record_time = :time, value = :value,
                               headers = :headers, attempts = 0
                         WHERE consumer_group = :group AND topic = :topic AND record_key = :key
                           AND (record_offset < :offset OR record_time < :time - :anew)""")
                .bind("anew", ANEW_MILLIS)
                .bind("partition", record.position().partition())
                .bind("offset", record.position().offset())
                .bind("time", record.position().time())
                .bind("value", record.value())
                .bind("headers", record.headers())
                .bind("group", group)
                .bind("topic", record.topic())
                .bind("key", record.key())
                .execute();
    }

    private static void insert(
            Handle tx,
            String group,
            PolledRecord record,
            int attempts,
            @Nullable Duration pause,
            @Nullable ErrorCode code,
            @Nullable String reason) {
        tx.createUpdate("""
                        INSERT INTO deferred_message (consumer_group, topic, record_key, partition_no, record_offset,
                                                             record_time, value, headers, attempts, due_at, error_code, error)
                        VALUES (:group, :topic, :key, :partition, :offset, :time, :value, :headers, :attempts,
                                NOW(6) + INTERVAL :pause MICROSECOND, :code, :reason)
                        ON DUPLICATE KEY UPDATE id = id""")
                .bind("group", group)
                .bind("topic", record.topic())
                .bind("key", record.key())
                .bind("partition", record.position().partition())
                .bind("offset", record.position().offset())
                .bind("time", record.position().time())
                .bind("value", record.value())
                .bind("headers", record.headers())
                .bind("attempts", attempts)
                .bind("pause", pause == null ? null : pause.toNanos() / 1_000)
                .bind("code", code == null ? null : code.code())
                .bind("reason", shortened(reason))
                .execute();
    }

    /**
     * Puts a message up again that was given up on, byte for byte as its dead letter has it: due now, or behind the rows of
     * its key. On a compacted topic it takes the place of older ones.
     *
     * @return false when a newer record of its key waits already, which will do
     */
    static boolean putBack(Handle tx, FactHandler<?> handler, Redrive.Letter letter, DeadLetter.Position record) {
        Optional<Long> newest = tx.createQuery("""
                        SELECT record_offset FROM deferred_message
                         WHERE consumer_group = :group AND topic = :topic AND record_key = :key
                         ORDER BY id DESC LIMIT 1 FOR UPDATE""") // by deferred_key
                .bind("group", handler.group())
                .bind("topic", letter.origin())
                .bind("key", letter.key())
                .mapTo(Long.class)
                .findOne();
        if (handler.topic().compacted() && newest.isPresent()) {
            if (newest.get() > record.offset()) {
                return false;
            }
            tx.createUpdate("DELETE FROM deferred_message"
                            + " WHERE consumer_group = :group AND topic = :topic AND record_key = :key")
                    .bind("group", handler.group())
                    .bind("topic", letter.origin())
                    .bind("key", letter.key())
                    .execute();
        }
        boolean first = newest.isEmpty() || handler.topic().compacted();
        tx.createUpdate("""
                        INSERT INTO deferred_message (consumer_group, topic, record_key, partition_no, record_offset,
                                                      record_time, value, headers, attempts, due_at)
                        SELECT :group, origin, record_key, partition_no, record_offset, record_time, value, headers, 0,
                               IF(:first, NOW(6), NULL)
                          FROM dead_letter WHERE id = :id
                        ON DUPLICATE KEY UPDATE deferred_message.id = deferred_message.id""")
                .bind("group", handler.group())
                .bind("first", first)
                .bind("id", letter.id())
                .execute();
        return true;
    }

    /** Ids whose next attempt is due, oldest first. */
    static List<Long> due(Handle handle, String group, String topic, int limit) {
        return handle.createQuery("""
                        SELECT id FROM deferred_message
                         WHERE consumer_group = :group AND topic = :topic AND due_at <= NOW(6) ORDER BY due_at LIMIT :limit""")
                .bind("group", group)
                .bind("topic", topic)
                .bind("limit", limit)
                .mapTo(Long.class)
                .list();
    }

    /** Locks a row that is still due. */
    static Optional<Row> lock(Handle tx, long id) {
        return tx.createQuery("SELECT * FROM deferred_message WHERE id = :id AND due_at <= NOW(6) FOR UPDATE")
                .bind("id", id)
                .map((row, context) -> read(row))
                .findOne();
    }

    /** Done with it, one way or the other: the next of its key is due. */
    static void remove(Handle tx, String group, Row row) {
        tx.createUpdate("DELETE FROM deferred_message WHERE id = :id")
                .bind("id", row.id())
                .execute();
        tx.createUpdate("""
                        UPDATE deferred_message SET due_at = NOW(6)
                         WHERE consumer_group = :group AND topic = :topic AND record_key = :key AND due_at IS NULL
                         ORDER BY id LIMIT 1""")
                .bind("group", group)
                .bind("topic", row.record().topic())
                .bind("key", row.record().key())
                .execute();
    }

    /** Not this time. {@code counted} is false when a dependency was down. */
    static void postpone(Handle tx, Row row, Duration pause, boolean counted, ErrorCode code, String reason) {
        tx.createUpdate("""
                        UPDATE deferred_message
                           SET due_at = NOW(6) + INTERVAL :pause MICROSECOND, attempts = attempts + :counted,
                               error_code = :code, error = :reason
                         WHERE id = :id""")
                .bind("pause", pause.toNanos() / 1_000)
                .bind("counted", counted ? 1 : 0)
                .bind("code", code.code())
                .bind("reason", shortened(reason))
                .bind("id", row.id())
                .execute();
    }

    private static @Nullable String shortened(@Nullable String reason) {
        return reason == null || reason.length() <= 2_000 ? reason : reason.substring(0, 2_000);
    }

    private static Row read(ResultSet row) throws SQLException {
        PolledRecord record = new PolledRecord(
                row.getString("topic"),
                row.getBytes("record_key"),
                row.getBytes("value"),
                row.getBytes("headers"),
                new DeadLetter.Position(
                        row.getInt("partition_no"), row.getLong("record_offset"), row.getLong("record_time")));
        return new Row(row.getLong("id"), record, row.getInt("attempts"));
    }
}
