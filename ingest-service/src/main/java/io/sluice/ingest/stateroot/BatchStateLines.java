package io.sluice.ingest.stateroot;

import java.util.function.Consumer;

import org.jdbi.v3.core.Handle;

/**
 * What became of batch items, as lines of the state root: {@code item <sync id> <position, six digits> <type> <decision>}
 * of everything that an import has decided.
 */
public final class BatchStateLines {

    private static final int FETCH = 1000;

    private BatchStateLines() {}

    /** Streams them in the order of their lines. */
    public static void forEachLine(Handle handle, Consumer<String> sink) {
        try (var lines = handle
                .createQuery("""
                        SELECT b.sync_id, i.position, i.asset_type, i.decision
                          FROM ingest_batch b FORCE INDEX (by_sync_id)
                          STRAIGHT_JOIN ingest_batch_item i FORCE INDEX (PRIMARY) ON i.batch_id = b.id
                         WHERE i.decided_by = 'import'
                         ORDER BY b.sync_id, i.position, i.asset_type, i.decision""")
                .setFetchSize(FETCH)
                .map((row, context) -> "item %s %06d %s %s"
                        .formatted(
                                row.getString("sync_id"),
                                row.getInt("position"),
                                StateToken.of(row.getString("asset_type")),
                                row.getString("decision")))
                .stream()) {
            lines.forEach(sink);
        }
    }
}
