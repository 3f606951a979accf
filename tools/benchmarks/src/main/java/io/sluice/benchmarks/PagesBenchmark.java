package io.sluice.benchmarks;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.sluice.localstack.LocalStack;

/**
 * {@code GET /assets} with a million assets ({@code -Dbench.rows=N} for another number), 50 a page: the first page, one in the middle
 * and the last, through gateway, ingest and media; in turns with each, on the same database, its statement alone by key and the usual
 * one with OFFSET, which must give the same assets. Rows are written by SQL into ingest's own schema.
 */
final class PagesBenchmark implements Bench.Benchmark {

    private static final int PAGE = 50;
    private static final int WARMING = 30;
    private static final String LIBRARY = "01980000-0000-7000-8000-00000000000a";
    private static final String HASH = "UNHEX(LPAD(HEX(seq), 64, '0'))";

    /** As ingest asks it, for all assets: what comes behind a place; first of that moment, then before it. */
    private static final String BY_KEY = """
        (SELECT content_hash, kind, media_type, size, taken_at, newest FROM asset FORCE INDEX (by_taken)
         WHERE lifecycle = 1 AND newest = ? AND content_hash > ? ORDER BY newest, content_hash LIMIT 50)
        UNION ALL
        (SELECT content_hash, kind, media_type, size, taken_at, newest FROM asset FORCE INDEX (by_taken)
         WHERE lifecycle = 1 AND newest > ? ORDER BY newest, content_hash LIMIT 50) LIMIT 50
        """;

    private static final String BY_OFFSET = """
        SELECT content_hash, kind, media_type, size, taken_at, newest FROM asset FORCE INDEX (by_taken)
        WHERE lifecycle = 1 ORDER BY newest, content_hash LIMIT 50 OFFSET ?
        """;

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http = HttpClient.newHttpClient();

    /** A row of the list; what comes behind it is asked for. */
    private record Place(int depth, long newest, byte[] hash) {}

    @Override
    public void run() throws Exception {
        int rows = Integer.getInteger("bench.rows", 1_000_000);
        int runs = Integer.getInteger("bench.runs", 100);
        Path folder = Files.createTempDirectory("sluice-bench");
        try {
            Path pictures = Files.createDirectories(folder.resolve("pictures"));
            try (LocalStack stack = LocalStack.builder(folder.resolve("stack"))
                            .library("pictures", pictures)
                            .services("ingest", "scanner", "media", "gateway")
                            .setting("gateway", "sluice.rate-limit.requests-per-second", "100000")
                            .setting("gateway", "sluice.rate-limit.burst", "100000")
                            .start();
                    Connection connection = DriverManager.getConnection(
                            stack.mariaDb().jdbcUrl("library"),
                            stack.mariaDb().username(),
                            stack.mariaDb().password())) {
                fill(connection, rows);
                System.out.printf(
                        Locale.ROOT,
                        "%,d assets, %d a page, %d times each; milliseconds p50 / p99%n%-12s %18s %22s %22s %12s%n",
                        rows,
                        PAGE,
                        runs,
                        "behind",
                        "GET /assets",
                        "statement by key",
                        "with OFFSET",
                        "OFFSET/GET");
                for (int depth : List.of(0, rows / 2, rows - PAGE)) {
                    measure(stack, connection, place(connection, depth), runs);
                }
            }
        } finally {
            Folder.delete(folder);
        }
    }

    private static void fill(Connection connection, int rows) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO asset (content_hash, version, lifecycle, kind, media_type, size, taken_at,"
                    + " taken_at_source, location_count, registered_at) SELECT " + HASH
                    + ", 1, 1, IF(seq % 10 = 0, 2, 1), 'image/jpeg', 1, '2025-01-01' - INTERVAL seq DIV 3 SECOND, 1,"
                    + " 1, NOW(6) FROM seq_1_to_" + rows);
            statement.execute(
                    "INSERT INTO asset_library (content_hash, library_id, kind, newest) SELECT content_hash, '"
                            + LIBRARY + "', kind, newest FROM asset");
            statement.execute(
                    "INSERT INTO file_location (library_id, file_id, sequence, path, path_key, standing, stable, size,"
                            + " mtime_ns, ctime_ns, birth_time_ns, inode, hash_state, content_hash, scan_id) SELECT '"
                            + LIBRARY + "', seq, seq, CONCAT('2025/', LPAD(seq, 7, '0'), '.jpg'), " + HASH
                            + ", 0, 1, 1, 1, 1, 1, seq, 'hashed', " + HASH + ", UUID() FROM seq_1_to_" + rows);
            statement.execute("ANALYZE TABLE asset, asset_library, file_location");
        }
    }

    private static Place place(Connection connection, int depth) throws SQLException {
        if (depth == 0) {
            return new Place(0, Long.MIN_VALUE, new byte[32]);
        }
        byte[] hash = ByteBuffer.allocate(32).putLong(24, depth).array();
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT newest FROM asset WHERE content_hash = ?")) {
            statement.setBytes(1, hash);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return new Place(depth, row.getLong(1), hash);
            }
        }
    }

    private void measure(LocalStack stack, Connection connection, Place place, int runs) throws Exception {
        String page = "/api/v1/assets?limit=" + PAGE + (place.depth() == 0 ? "" : "&cursor=" + cursor(stack, place));
        double[] whole = new double[runs];
        double[] byKey = new double[runs];
        double[] byOffset = new double[runs];
        List<String> told = List.of();
        try (PreparedStatement key = connection.prepareStatement(BY_KEY);
                PreparedStatement offset = connection.prepareStatement(BY_OFFSET)) {
            key.setLong(1, place.newest());
            key.setBytes(2, place.hash());
            key.setLong(3, place.newest());
            offset.setInt(1, place.depth());
            for (int i = -WARMING; i < runs; i++) {
                long started = System.nanoTime();
                told = hashes(get(stack, page));
                long answered = System.nanoTime();
                List<String> keyed = hashes(key);
                long read = System.nanoTime();
                if (i >= 0) {
                    List<String> skipped = hashes(offset);
                    whole[i] = (answered - started) / 1e6;
                    byKey[i] = (read - answered) / 1e6;
                    byOffset[i] = (System.nanoTime() - read) / 1e6;
                    if (!told.equals(skipped) || !told.equals(keyed)) {
                        throw new IllegalStateException(
                                "the three roads give different assets behind " + place.depth());
                    }
                }
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%,12d %8.1f / %7.1f %11.2f / %8.2f %11.1f / %8.1f %12.2f%n",
                place.depth(),
                percentile(whole, 0.50),
                percentile(whole, 0.99),
                percentile(byKey, 0.50),
                percentile(byKey, 0.99),
                percentile(byOffset, 0.50),
                percentile(byOffset, 0.99),
                percentile(byOffset, 0.50) / percentile(whole, 0.50));
        if (told.size() != PAGE) {
            throw new IllegalStateException("a page of " + told.size() + " assets behind " + place.depth());
        }
    }

    /** The cursor of a page, moved to another place of the same list; clients get there page by page. */
    private String cursor(LocalStack stack, Place place) throws Exception {
        byte[] cursor = Base64.getUrlDecoder()
                .decode(get(stack, "/api/v1/assets?limit=1").get("next_cursor").asText());
        ByteBuffer moved = ByteBuffer.wrap(cursor);
        moved.position(cursor.length - Long.BYTES - place.hash().length);
        moved.putLong(place.newest()).put(place.hash());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(cursor);
    }

    private JsonNode get(LocalStack stack, String path) throws Exception {
        HttpResponse<byte[]> answer = http.send(
                HttpRequest.newBuilder(URI.create(stack.gatewayUrl() + path))
                        .header("Authorization", "Bearer " + stack.operatorKey())
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(path + ": " + answer.statusCode() + " " + new String(answer.body()));
        }
        return json.readTree(answer.body());
    }

    private static List<String> hashes(JsonNode page) {
        List<String> hashes = new ArrayList<>();
        page.get("items").forEach(item -> hashes.add(item.get("content_hash").asText()));
        return hashes;
    }

    private static List<String> hashes(PreparedStatement statement) throws SQLException {
        List<String> hashes = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                hashes.add(HexFormat.of().formatHex(rows.getBytes(1)));
            }
        }
        return hashes;
    }

    private static double percentile(double[] values, double share) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
    }
}
