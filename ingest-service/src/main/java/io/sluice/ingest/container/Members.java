package io.sluice.ingest.container;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import jakarta.enterprise.context.ApplicationScoped;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

import io.sluice.ingest.identity.ContentHash;
import io.sluice.ingest.identity.ExternalHash;
import io.sluice.ingest.location.InList;
import io.sluice.messaging.ManyRows;

/** The table of members. */
@ApplicationScoped
class Members {

    private static final String COLUMNS = "container_id, position, external_hash, content_hash";

    private static final ManyRows WRITE = new ManyRows(
            "INSERT INTO container_member (" + COLUMNS + ") VALUES",
            "(?, ?, ?, ?)",
            "ON DUPLICATE KEY UPDATE external_hash = VALUES(external_hash), content_hash = VALUES(content_hash)");

    private static final RowMapper<Member> ROW = (row, context) -> {
        byte[] content = row.getBytes("content_hash");
        return new Member(
                row.getString("container_id"),
                row.getInt("position"),
                ExternalHash.of(row.getBytes("external_hash")),
                content == null ? null : ContentHash.of(content));
    };

    /** Of a container, how many are assets, and the first of these in their order. */
    record Linked(long count, List<ContentHash> first) {}

    /** All members, in order, by container. */
    Map<String, List<Member>> of(Handle handle, Collection<String> containerIds) {
        Map<String, List<Member>> found = new HashMap<>();
        InList.of(new TreeSet<>(containerIds)).forEach(list -> list.bind(
                        handle.createQuery("SELECT " + COLUMNS
                                + " FROM container_member FORCE INDEX (PRIMARY) WHERE container_id IN ("
                                + list.marks() + ") ORDER BY container_id, position"),
                        0)
                .map(ROW)
                .forEach(member -> found.computeIfAbsent(member.containerId(), id -> new ArrayList<>())
                        .add(member)));
        return found;
    }

    /** Locks the places that name these, whatever container they are in; also those that are just being written. */
    List<Member> lockNaming(Handle tx, Collection<ExternalHash> hashes) {
        return InList.of(new TreeSet<>(hashes).stream().map(ExternalHash::bytes).toList())
                .flatMap(list -> list
                        .bind(
                                tx.createQuery("SELECT " + COLUMNS
                                        + " FROM container_member FORCE INDEX (by_external) WHERE external_hash IN ("
                                        + list.marks() + ") ORDER BY external_hash FOR UPDATE"),
                                0)
                        .map(ROW)
                        .stream())
                .toList();
    }

    /** Writes members, new or known; in the order of their places. */
    void write(Handle tx, List<Member> members) {
        WRITE.write(tx, members, member -> {
            ContentHash content = member.content();
            return new Object[] {
                member.containerId(),
                member.position(),
                member.externalHash().bytes(),
                content == null ? null : content.bytes()
            };
        });
    }

    /** Takes away the places from this one on: the container has become shorter. */
    void cut(Handle tx, String containerId, int from) {
        tx.createUpdate("DELETE FROM container_member WHERE container_id = ? AND position >= ?")
                .bind(0, containerId)
                .bind(1, from)
                .execute();
    }

    /** Places behind that one whose assets are known, in order. */
    List<Member> linkedAfter(Handle handle, String containerId, long after, int limit) {
        return handle.createQuery("SELECT " + COLUMNS + """
                         FROM container_member FORCE INDEX (PRIMARY)
                        WHERE container_id = ? AND position > ? AND content_hash IS NOT NULL
                        ORDER BY position LIMIT ?""")
                .bind(0, containerId)
                .bind(1, after)
                .bind(2, limit)
                .map(ROW)
                .list();
    }

    /** How many members of each are assets; a container without any is left out. */
    Map<String, Long> counts(Handle handle, Collection<String> containerIds) {
        Map<String, Long> counts = new HashMap<>();
        InList.of(new TreeSet<>(containerIds)).forEach(list -> list.bind(
                        handle.createQuery("SELECT container_id, COUNT(content_hash) AS linked"
                                + " FROM container_member FORCE INDEX (PRIMARY) WHERE container_id IN ("
                                + list.marks() + ") GROUP BY container_id"),
                        0)
                .map((row, context) -> Map.entry(row.getString("container_id"), row.getLong("linked")))
                .forEach(entry -> counts.put(entry.getKey(), entry.getValue())));
        return counts;
    }

    /** @param most first ones that are wanted */
    Linked linked(Handle handle, String containerId, int most) {
        List<ContentHash> first = handle.createQuery("""
                        SELECT content_hash FROM container_member FORCE INDEX (PRIMARY)
                        WHERE container_id = ? AND content_hash IS NOT NULL ORDER BY position LIMIT ?""")
                .bind(0, containerId)
                .bind(1, most)
                .map((row, context) -> ContentHash.of(row.getBytes(1)))
                .list();
        long count = first.size() < most
                ? first.size()
                : handle.createQuery("SELECT COUNT(content_hash) FROM container_member WHERE container_id = ?")
                        .bind(0, containerId)
                        .mapTo(Long.class)
                        .one();
        return new Linked(count, first);
    }
}
