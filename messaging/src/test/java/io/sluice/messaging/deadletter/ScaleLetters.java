package io.sluice.messaging.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jdbi.v3.core.Handle;

import io.sluice.contract.Topics;
import io.sluice.messaging.Node;

/** Lets a test of many rows call the statements on dead letters as they are. */
public final class ScaleLetters {

    private ScaleLetters() {}

    public static int page(Handle tx, LetterFilter filter, int limit, String before) {
        return (int) LetterLists.pageOf(tx, "open", filter, limit, before).count();
    }

    public static int next(Handle tx, LetterFilter filter, int limit, String after) {
        return CloseDeadLetters.next(tx, filter, Instant.now().plusSeconds(60), after, limit)
                .size();
    }

    public static List<Map<String, Object>> plans(Node node, LetterFilter filter, String middle) {
        return List.of(
                plan(node, LetterLists.pageSql(filter), filter, middle),
                plan(node, CloseDeadLetters.nextSql(filter).replace(":before", "NOW(6)"), filter, middle));
    }

    private static Map<String, Object> plan(Node node, String sql, LetterFilter filter, String middle) {
        return node.transactions.read(handle -> handle.createQuery("EXPLAIN " + sql)
                .bind("state", "open")
                .bind("origin", filter.origin())
                .bind("code", filter.code())
                .bind("before", middle)
                .bind("after", middle)
                .bind("limit", 50)
                .mapToMap()
                .one());
    }

    /** Tells how many letters of that topic are outlived when as many keys move on. */
    public static int outlive(Handle tx, Node node, int keys) {
        Map<ByteBuffer, DeadLetter.Position> handled = new HashMap<>();
        for (int i = 1; i <= keys; i++) {
            handled.put(ByteBuffer.wrap(("k" + i).getBytes(UTF_8)), new DeadLetter.Position(0, i + 1, 0));
        }
        node.deadLetters.outlive(tx, Topics.INGEST_ASSET, handled);
        return tx.createQuery("SELECT COUNT(*) FROM dead_letter WHERE origin = :topic AND record_key IN (<keys>)"
                        + " AND outlived_at IS NOT NULL")
                .bind("topic", Topics.INGEST_ASSET.name())
                .bindList(
                        "keys", handled.keySet().stream().map(ByteBuffer::array).toList())
                .mapTo(Integer.class)
                .one();
    }
}
