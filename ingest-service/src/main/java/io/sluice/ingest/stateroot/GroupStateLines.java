package io.sluice.ingest.stateroot;

import java.util.HexFormat;
import java.util.function.Consumer;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/**
 * What bundles add to the state root: {@code container <external hash> <kind> <expected> <title>}, {@code external
 * <external hash> <asset>}, {@code member <external hash of the container> <position> <external hash> <asset or ->},
 * {@code provided <asset> <name> <external hash>} of the renditions that are told. Rows are streamed in the order of their lines.
 */
final class GroupStateLines {

    private static final int FETCH = 1000;

    private static final String[] KINDS = {"unspecified", "gallery", "collection"};

    private GroupStateLines() {}

    static void containers(Handle handle, Consumer<String> sink) {
        stream(
                handle,
                "SELECT external_hash, kind, expected, title FROM container FORCE INDEX (by_external)"
                        + " ORDER BY external_hash",
                (row, context) -> "container " + hex(row.getBytes("external_hash")) + " " + KINDS[row.getInt("kind")]
                        + " " + row.getInt("expected") + " " + StateToken.of(row.getString("title")),
                sink);
    }

    static void externals(Handle handle, Consumer<String> sink) {
        stream(
                handle,
                "SELECT external_hash, content_hash FROM external_hash FORCE INDEX (PRIMARY) ORDER BY external_hash",
                (row, context) ->
                        "external " + hex(row.getBytes("external_hash")) + " " + hex(row.getBytes("content_hash")),
                sink);
    }

    /** Positions have seven digits: a manifest has fewer entries. */
    static void members(Handle handle, Consumer<String> sink) {
        stream(
                handle,
                """
                SELECT c.external_hash AS container, m.position, m.external_hash, m.content_hash
                FROM container c FORCE INDEX (by_external) STRAIGHT_JOIN container_member m FORCE INDEX (PRIMARY)
                    ON m.container_id = c.id
                ORDER BY c.external_hash, m.position""",
                (row, context) -> {
                    byte[] content = row.getBytes("content_hash");
                    return "member " + hex(row.getBytes("container"))
                            + " %07d ".formatted(row.getInt("position")) + hex(row.getBytes("external_hash")) + " "
                            + (content == null ? "-" : hex(content));
                },
                sink);
    }

    static void provided(Handle handle, Consumer<String> sink) {
        stream(
                handle,
                "SELECT content_hash, name, source_hash FROM asset_provided FORCE INDEX (PRIMARY) WHERE current"
                        + " ORDER BY content_hash, name, source_hash",
                (row, context) -> "provided " + hex(row.getBytes("content_hash")) + " " + row.getString("name") + " "
                        + hex(row.getBytes("source_hash")),
                sink);
    }

    private static void stream(Handle handle, String sql, RowMapper<String> line, Consumer<String> sink) {
        try (var lines = handle.createQuery(sql).setFetchSize(FETCH).map(line).stream()) {
            lines.forEach(sink);
        }
    }

    private static String hex(byte[] hash) {
        return HexFormat.of().formatHex(hash);
    }
}
