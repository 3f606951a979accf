package io.sluice.messaging.outbox;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The rows of one shard. A row that is blocked was refused by the broker, or stands behind one of its key that was. */
final class OutboxRows {

    record Row(long id, String topic, byte[] key, byte @Nullable [] value, byte[] headers) {}

    private record Key(String topic, ByteBuffer key) {}

    private record Head(long id, Key key, long bytes) {}

    /** Of values read at once; a quarter of the producer's buffer, and little beside a small heap. */
    private static final long MOST_BYTES = 8L << 20;

    private final int shard;

    OutboxRows(int shard) {
        this.shard = shard;
    }

    boolean any(Handle handle) {
        return handle.createQuery("SELECT 1 FROM outbox WHERE shard = :shard AND blocked = 0 LIMIT 1")
                .bind("shard", shard)
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    /** The next rows in order, at most so many, at least one; those behind a blocked row of their key are blocked. */
    List<Row> next(Handle tx, int limit) {
        Set<Key> blockedKeys = blockedKeys(tx);
        List<Long> behind = new ArrayList<>();
        List<Long> ids = new ArrayList<>();
        long bytes = 0;
        for (Head head : heads(tx, limit)) {
            if (blockedKeys.contains(head.key)) {
                behind.add(head.id);
                continue;
            }
            bytes += head.bytes;
            if (bytes > MOST_BYTES && !ids.isEmpty()) {
                break;
            }
            ids.add(head.id);
        }
        block(tx, behind);
        if (ids.isEmpty()) {
            return behind.isEmpty() ? List.of() : next(tx, limit);
        }
        return tx.createQuery(
                        "SELECT id, topic, record_key, value, headers FROM outbox WHERE id IN (<ids>) ORDER BY id")
                .bindList("ids", ids)
                .map((row, context) -> new Row(
                        row.getLong("id"),
                        row.getString("topic"),
                        row.getBytes("record_key"),
                        row.getBytes("value"),
                        row.getBytes("headers")))
                .list();
    }

    void delete(Handle tx, List<Row> rows) {
        tx.createUpdate("DELETE FROM outbox WHERE id IN (<ids>)")
                .bindList("ids", rows.stream().map(Row::id).toList())
                .execute();
    }

    void block(Handle tx, List<Long> ids) {
        if (!ids.isEmpty()) {
            tx.createUpdate("UPDATE outbox SET blocked = TRUE WHERE id IN (<ids>)")
                    .bindList("ids", ids)
                    .execute();
        }
    }

    /** Locked until this batch is decided: a key that is unblocked meanwhile would leave out of order, or not at all. */
    private Set<Key> blockedKeys(Handle tx) {
        return new HashSet<>(tx.createQuery("SELECT topic, record_key FROM outbox"
                        + " WHERE shard = :shard AND blocked = 1 LOCK IN SHARE MODE")
                .bind("shard", shard)
                .map((row, context) -> new Key(row.getString("topic"), ByteBuffer.wrap(row.getBytes("record_key"))))
                .list());
    }

    private List<Head> heads(Handle tx, int limit) {
        return tx.createQuery("SELECT id, topic, record_key, COALESCE(OCTET_LENGTH(value), 0) AS bytes FROM outbox"
                        + " WHERE shard = :shard AND blocked = 0 ORDER BY id LIMIT :limit")
                .bind("shard", shard)
                .bind("limit", limit)
                .map((row, context) -> new Head(
                        row.getLong("id"),
                        new Key(row.getString("topic"), ByteBuffer.wrap(row.getBytes("record_key"))),
                        row.getLong("bytes")))
                .list();
    }
}
