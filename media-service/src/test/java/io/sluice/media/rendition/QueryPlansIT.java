package io.sluice.media.rendition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.junit.jupiter.api.Test;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.media.MediaFolders;
import io.sluice.media.asset.Assets;
import io.sluice.testsupport.DatabaseProbe;
import io.sluice.testsupport.SluiceInfra;

/** Every list query goes by an index and sorts nothing, in a schema of a million renditions. */
@QuarkusTest
@WithTestResource(SluiceInfra.class)
@WithTestResource(MediaFolders.class)
class QueryPlansIT {

    private static final int ASSETS = 500_000;
    private static final List<String> TABLES =
            List.of("asset", "rendition", "facts", "work", "running_stream", "video_library");

    private static DatabaseProbe filled() {
        DatabaseProbe database = SluiceInfra.database("media_plans");
        for (String table : TABLES) {
            database.execute("DROP TABLE IF EXISTS " + table);
            String original = SluiceInfra.database().rows("SHOW CREATE TABLE " + table).getFirst().values().stream()
                    .map(String::valueOf)
                    .filter(text -> text.startsWith("CREATE"))
                    .findFirst()
                    .orElseThrow();
            database.execute(original);
        }
        String hash = "UNHEX(LPAD(HEX(seq), 64, '0'))";
        database.execute("INSERT INTO asset SELECT " + hash + ", 1, 'live', 'image', 1, '' FROM seq_1_to_" + ASSETS);
        for (String name : List.of("thumbnail", "preview_image")) {
            database.execute("INSERT INTO rendition (content_hash, name, profile_version, lifecycle) SELECT " + hash
                    + ", '" + name + "', 1, 'ready' FROM seq_1_to_" + ASSETS);
        }
        database.execute(
                "INSERT INTO facts SELECT " + hash + ", 1, 1, 1, 'jpeg', '', FALSE, '', NULL FROM seq_1_to_" + ASSETS);
        database.execute("INSERT INTO rendition (content_hash, name, profile_version, lifecycle) SELECT " + hash
                + ", 'hls', 1, 'ready' FROM seq_1_to_" + ASSETS);
        for (int library = 1; library < 3; library++) {
            database.execute("INSERT INTO video_library SELECT " + hash + ", 'library-" + library
                    + "', IF(seq % 3 = 0, 'pending', 'ready') FROM seq_1_to_" + ASSETS);
        }
        database.execute("INSERT INTO running_stream SELECT " + hash
                + ", 1, LOWER(LPAD(HEX(seq), 64, '0')), 1, '.hls@1.1', 1, NOW(6), NOW(6) FROM seq_1_to_5000");
        database.execute("INSERT INTO work (work_class, work_key, state, lane, priority, due_at, lease_token)"
                + " SELECT 'video', LOWER(LPAD(HEX(seq), 64, '0')), 'running', 1, 50, NOW(6), 1 FROM seq_1_to_50000");
        database.execute("ANALYZE TABLE " + String.join(", ", TABLES));
        return database;
    }

    private static List<byte[]> hashes(Handle handle) {
        return handle.createQuery("SELECT content_hash FROM asset ORDER BY content_hash LIMIT 500 OFFSET 1000")
                .mapTo(byte[].class)
                .list();
    }

    private static List<Map<String, Object>> explain(Handle handle, String sql) {
        Query query = handle.createQuery("EXPLAIN " + sql);
        if (sql.contains("<hashes>")) {
            query.bindList("hashes", hashes(handle));
        }
        if (sql.contains(":after")) {
            query.bind("after", hashes(handle).getLast()).bind("limit", 2000);
        }
        return query.mapToMap().list();
    }

    @Test
    void everyListingGoesByItsKeyAndCountsReadOneIndex() {
        DatabaseProbe database = filled();
        assertThatCountsReadOneIndex(database);
        assertThatTheStateOfAStreamIsFoundByKey(database);
        for (String sql : List.of(
                ShowRenditions.OF_PAGE,
                Renditions.OF_ASSETS,
                Renditions.OF_ASSETS + " FOR UPDATE",
                Facts.OF_ASSETS,
                Assets.VERSIONS,
                Assets.PAGE,
                VideoLibraries.KNOWN,
                MediaStateLines.PAGE)) {
            List<Map<String, Object>> plan = database.jdbi().withHandle(handle -> explain(handle, sql));
            List<String> used = new ArrayList<>();
            for (Map<String, Object> step : plan) {
                assertThat(step.get("key")).as(sql + ": " + plan).isIn("PRIMARY", "work_identity");
                assertThat(String.valueOf(step.get("type"))).as(sql).isIn("range", "ref", "eq_ref");
                assertThat(String.valueOf(step.get("extra"))).as(sql).doesNotContain("filesort", "temporary");
                used.add(String.valueOf(step.get("table")));
            }
            assertThat(used).isNotEmpty();
        }
    }

    private static void assertThatCountsReadOneIndex(DatabaseProbe database) {
        Map<String, String> indexes = Map.of(
                VideoLibraries.COUNT_BY_LIBRARY, "video_library_count",
                VideoLibraries.COUNT_ALL, "video_library_sum");
        indexes.forEach((sql, index) -> {
            List<Map<String, Object>> plan = database.jdbi().withHandle(handle -> explain(handle, sql));
            assertThat(plan).as(sql).hasSize(1);
            assertThat(plan.getFirst().get("key")).as(sql).isEqualTo(index);
            assertThat(String.valueOf(plan.getFirst().get("extra")))
                    .as(sql)
                    .contains("Using index")
                    .doesNotContain("filesort", "temporary");
        });
    }

    /** It sorts the one or two streams of a video, nothing else. */
    private static void assertThatTheStateOfAStreamIsFoundByKey(DatabaseProbe database) {
        List<Map<String, Object>> plan = database.jdbi().withHandle(handle -> explain(handle, VideoLibraries.REFRESH));
        assertThat(plan).hasSize(2).allSatisfy(step -> {
            assertThat(step.get("key")).as(plan.toString()).isEqualTo("PRIMARY");
            assertThat(String.valueOf(step.get("type"))).isIn("range", "ref");
        });
    }
}
