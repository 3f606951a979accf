package io.sluice.ingest.stateroot;

import java.util.HexFormat;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.Consumer;
import jakarta.enterprise.context.ApplicationScoped;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

import io.sluice.contract.ingest.v1.AssetLifecycle;
import io.sluice.contract.ingest.v1.MediaKind;
import io.sluice.ingest.library.Libraries;
import io.sluice.ingest.library.Library;
import io.sluice.messaging.Transactions;
import io.sluice.messaging.operations.StateLineSource;

/**
 * Ingest's part of the state root: {@code asset <hash> <lifecycle> <kind> <size> [subtype]}, what {@link GroupStateLines} and
 * {@link BatchStateLines} say, and {@code location <library name> <path> <hash or -> <present|absent>}. Rows are streamed
 * in the order of their lines.
 */
@ApplicationScoped
class IngestStateLines implements StateLineSource {

    private static final int FETCH = 1000;

    private final Transactions transactions;
    private final Libraries libraries;

    IngestStateLines(Transactions transactions, Libraries libraries) {
        this.transactions = transactions;
        this.libraries = libraries;
    }

    @Override
    public void forEachLine(Consumer<String> sink) {
        transactions.read(handle -> {
            assets(handle, sink);
            GroupStateLines.containers(handle, sink);
            GroupStateLines.externals(handle, sink);
            return true;
        });
        transactions.read(handle -> {
            BatchStateLines.forEachLine(handle, sink);
            return true;
        });
        TreeMap<String, String> byToken = new TreeMap<>();
        for (Library library : transactions.read(libraries::all).values()) {
            byToken.put(StateToken.of(library.name()), library.libraryId());
        }
        byToken.forEach((name, id) -> transactions.read(handle -> {
            locations(handle, name, id, sink);
            return true;
        }));
        transactions.read(handle -> {
            GroupStateLines.members(handle, sink);
            GroupStateLines.provided(handle, sink);
            return true;
        });
    }

    private static void assets(Handle handle, Consumer<String> sink) {
        stream(
                handle,
                "SELECT content_hash, lifecycle, kind, size, subtype FROM asset ORDER BY content_hash",
                "",
                (row, context) -> "asset " + hex(row.getBytes("content_hash")) + " "
                        + word(AssetLifecycle.forNumber(row.getInt("lifecycle")), "ASSET_LIFECYCLE_") + " "
                        + word(MediaKind.forNumber(row.getInt("kind")), "MEDIA_KIND_") + " " + row.getLong("size")
                        + (row.getString("subtype").isEmpty() ? "" : " " + StateToken.of(row.getString("subtype"))),
                sink);
    }

    /** A displaced row is on its way to being something else. Sorted by the database, which has room for it. */
    private static void locations(Handle handle, String name, String libraryId, Consumer<String> sink) {
        stream(
                handle,
                """
                SET STATEMENT max_sort_length = 8192 FOR
                SELECT path, content_hash, standing FROM file_location
                WHERE library_id = :library AND standing IN (0, 1)
                ORDER BY path, content_hash, standing DESC""",
                libraryId,
                (row, context) -> {
                    byte[] hash = row.getBytes("content_hash");
                    return "location " + name + " " + StateToken.of(row.getBytes("path")) + " "
                            + (hash == null ? "-" : hex(hash)) + (row.getInt("standing") == 0 ? " present" : " absent");
                },
                sink);
    }

    private static void stream(
            Handle handle, String sql, String libraryId, RowMapper<String> line, Consumer<String> sink) {
        var query = handle.createQuery(sql).setFetchSize(FETCH);
        if (!libraryId.isEmpty()) {
            query.bind("library", libraryId);
        }
        try (var lines = query.map(line).stream()) {
            lines.forEach(sink);
        }
    }

    private static String hex(byte[] hash) {
        return HexFormat.of().formatHex(hash);
    }

    private static String word(Enum<?> value, String prefix) {
        return value.name().substring(prefix.length()).toLowerCase(Locale.ROOT);
    }
}
