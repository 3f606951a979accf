package io.sluice.ingest.container;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import jakarta.enterprise.context.ApplicationScoped;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.PreparedBatch;

import io.sluice.contract.ingest.v1.ContainerKind;
import io.sluice.ingest.identity.BatchId;
import io.sluice.ingest.identity.ContentHash;
import io.sluice.ingest.identity.ExternalHash;
import io.sluice.ingest.listing.AsciiId;
import io.sluice.ingest.location.InList;

/** The table of containers. What changes one, or its members, locks its row first. */
@ApplicationScoped
class Containers {

    static final String COLUMNS = "c.id, c.version, c.kind, c.external_hash, c.title, c.cover, c.expected, c.batch_id";

    static final RowMapper<Container> ROW = (row, context) -> read(row);

    private static Container read(ResultSet row) throws SQLException {
        byte[] cover = row.getBytes("cover");
        return new Container(
                row.getString("id"),
                row.getLong("version"),
                ContainerKind.forNumber(row.getInt("kind")),
                ExternalHash.of(row.getBytes("external_hash")),
                row.getString("title"),
                cover == null ? null : ContentHash.of(cover),
                row.getInt("expected"),
                new BatchId(row.getLong("batch_id")));
    }

    /** Locks those that the upstream gives these hashes. */
    Map<ExternalHash, Container> lock(Handle tx, Collection<ExternalHash> hashes) {
        return InList.of(new TreeSet<>(hashes).stream().map(ExternalHash::bytes).toList())
                .flatMap(list -> list
                        .bind(
                                tx.createQuery("SELECT " + COLUMNS
                                        + " FROM container c FORCE INDEX (by_external) WHERE c.external_hash IN ("
                                        + list.marks() + ") ORDER BY c.external_hash FOR UPDATE"),
                                0)
                        .map(ROW)
                        .stream())
                .collect(Collectors.toMap(Container::externalHash, Function.identity()));
    }

    /** Locks those of these ids. */
    List<Container> lockById(Handle tx, Collection<String> ids) {
        return InList.of(new TreeSet<>(ids))
                .flatMap(list -> list
                        .bind(
                                tx.createQuery("SELECT " + COLUMNS
                                        + " FROM container c FORCE INDEX (PRIMARY) WHERE c.id IN (" + list.marks()
                                        + ") ORDER BY c.id FOR UPDATE"),
                                0)
                        .map(ROW)
                        .stream())
                .toList();
    }

    Optional<Container> find(Handle handle, String id) {
        if (!AsciiId.canBe(id)) {
            return Optional.empty();
        }
        return handle.createQuery("SELECT " + COLUMNS + " FROM container c WHERE c.id = ?")
                .bind(0, id)
                .map(ROW)
                .findOne();
    }

    /** Adds new ones; one that somebody else added a moment ago is a duplicate key. */
    void insert(Handle tx, List<Container> containers) {
        write(tx, containers, "");
    }

    /** Writes locked ones. */
    void update(Handle tx, List<Container> containers) {
        write(tx, containers, """
                 ON DUPLICATE KEY UPDATE version = VALUES(version), kind = VALUES(kind), title = VALUES(title),
                    cover = VALUES(cover), expected = VALUES(expected), batch_id = VALUES(batch_id)""");
    }

    private static void write(Handle tx, List<Container> containers, String ending) {
        if (containers.isEmpty()) {
            return;
        }
        PreparedBatch batch = tx.prepareBatch(
                "INSERT INTO container (id, version, kind, external_hash, title, cover, expected, batch_id)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)" + ending);
        for (Container container : containers) {
            ContentHash cover = container.cover();
            batch.bind(0, container.id())
                    .bind(1, container.version())
                    .bind(2, container.kind().getNumber())
                    .bind(3, container.externalHash().bytes())
                    .bind(4, container.title())
                    .bind(5, cover == null ? null : cover.bytes())
                    .bind(6, container.expected())
                    .bind(7, container.batch().value())
                    .add();
        }
        batch.execute();
    }

    /** The database's clock in microseconds since 1970. */
    long clock(Handle tx) {
        return tx.createQuery("SELECT CAST(UNIX_TIMESTAMP(NOW(6)) * 1000000 AS SIGNED)")
                .mapTo(Long.class)
                .one();
    }
}
