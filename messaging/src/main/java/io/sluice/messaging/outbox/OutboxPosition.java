package io.sluice.messaging.outbox;

import org.jdbi.v3.core.Handle;

/** How far the outbox is: for who may tell something only after all that it told before has left. */
public final class OutboxPosition {

    private OutboxPosition() {}

    /** After what was appended last; 0 when nothing waits. Within a transaction: its own rows count. */
    public static long mark(Handle handle) {
        return handle.createQuery("SELECT COALESCE(MAX(id), 0) FROM outbox")
                .mapTo(Long.class)
                .one();
    }

    /** Whether everything up to the mark has left, except for what the broker refuses. */
    public static boolean passed(Handle handle, long mark) {
        for (int shard = 0; shard < Outbox.SHARDS; shard++) {
            boolean waits = handle.createQuery(
                            "SELECT EXISTS (SELECT 1 FROM outbox WHERE shard = ? AND blocked = 0 AND id <= ?)")
                    .bind(0, shard)
                    .bind(1, mark)
                    .mapTo(Boolean.class)
                    .one();
            if (waits) {
                return false;
            }
        }
        return true;
    }
}
