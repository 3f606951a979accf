package io.sluice.ingest.handover;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatements;
import org.junit.jupiter.api.Test;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.contract.ingest.v1.ListBatchesRequest;
import io.sluice.ingest.world.Surroundings;
import io.sluice.testsupport.DatabaseProbe;
import io.sluice.testsupport.SluiceInfra;

/** Every list of batches and items goes by its index in its order, among 100,000 batches and 500,000 items. */
@QuarkusTest
@WithTestResource(SluiceInfra.class)
@WithTestResource(Surroundings.class)
class BatchQueryPlansIT {

    private static final int BATCHES = 100_000;
    private static final int ITEMS = 500_000;

    @Test
    void listsReadTheirIndexAndSortNothing() {
        DatabaseProbe database = filled();
        assertPlan(database, BatchPages.sql(request().build()), "by_newest");
        assertPlan(database, BatchPages.sql(request().setState("failed").build()), "by_state");
        assertPlan(database, BatchPages.sql(request().setLibraryId("l").build()), "by_library");
        assertPlan(
                database,
                BatchPages.sql(request().setLibraryId("l").setState("failed").build()),
                "by_library");
        assertPlan(database, BatchItemPages.sql(""), "PRIMARY");
    }

    /** Each piece by its index; only the few rows of all pieces together are put in order. */
    @Test
    void listsOfSeveralPiecesReadOneIndexAPiece() {
        DatabaseProbe database = filled();
        for (Map<String, Object> step : plan(database, BatchItemPages.sql("failed"))) {
            if (step.get("select_type") != null && !"UNION RESULT".equals(step.get("select_type"))) {
                assertThat(step.get("key")).as("%s", step).isEqualTo("by_decision");
                assertThat(String.valueOf(step.get("extra"))).as("%s", step).doesNotContain("filesort");
            }
        }
        for (Map<String, Object> step :
                plan(database, BatchPages.sql(request().setNeedsHand(true).build()))) {
            if ("b".equals(step.get("table"))) {
                assertThat(step.get("key")).as("%s", step).isEqualTo("by_state");
                assertThat(String.valueOf(step.get("extra"))).as("%s", step).doesNotContain("filesort");
            }
        }
    }

    private static ListBatchesRequest.Builder request() {
        return ListBatchesRequest.newBuilder();
    }

    private static void assertPlan(DatabaseProbe database, String sql, String index) {
        List<Map<String, Object>> plan = plan(database, sql);
        assertThat(plan).as(sql).isNotEmpty().allSatisfy(step -> {
            assertThat(step.get("key")).isEqualTo(index);
            assertThat(String.valueOf(step.get("extra"))).doesNotContain("filesort", "temporary");
        });
    }

    private static List<Map<String, Object>> plan(DatabaseProbe database, String sql) {
        return database.jdbi().withHandle(handle -> bound(handle, sql));
    }

    private static List<Map<String, Object>> bound(Handle handle, String sql) {
        var query = handle.createQuery("EXPLAIN " + sql);
        query.getConfig(SqlStatements.class).setUnusedBindingAllowed(true);
        return query.bind("newest", -1_000_000_000_000_000L)
                .bind("id", 0)
                .bind("state", "failed")
                .bind("library", "l")
                .bind("limit", 51)
                .bind("batch", 7)
                .bind("after", 100)
                .bind("decision", "failed")
                .mapToMap()
                .list();
    }

    private static DatabaseProbe filled() {
        DatabaseProbe database = SluiceInfra.database("ingest_plans");
        for (String table : List.of("ingest_batch", "ingest_batch_item", "import_job", "import_job_lease")) {
            database.execute("DROP TABLE IF EXISTS " + table);
            database.execute(SluiceInfra.database().rows("SHOW CREATE TABLE " + table).getFirst().values().stream()
                    .map(String::valueOf)
                    .filter(text -> text.startsWith("CREATE"))
                    .findFirst()
                    .orElseThrow());
        }
        database.execute("INSERT INTO ingest_batch (library_id, sync_id, name, look_sequence, scan_id, seen_at, state,"
                + " verdict) SELECT IF(seq % 10 = 0, 'l', 'm'), seq, seq, seq, 's', '2026-01-01' + INTERVAL seq SECOND,"
                + " ELT(1 + seq % 20, 'failed', 'partial', 'importing', 'imported', 'imported', 'imported', 'imported',"
                + " 'imported', 'imported', 'imported', 'imported', 'imported', 'imported', 'imported', 'imported',"
                + " 'imported', 'imported', 'imported', 'imported', 'imported'), 'consumable' FROM seq_1_to_"
                + BATCHES);
        database.execute("INSERT INTO ingest_batch_item (batch_id, position, wave, asset_type, decision, decided_by)"
                + " SELECT seq % 10, seq, seq % 3, 'photo', IF(seq % 50 = 0, 'failed', 'created'),"
                + " IF(seq % 2 = 0, 'import', 'preflight') FROM seq_1_to_" + ITEMS);
        database.execute("ANALYZE TABLE ingest_batch, ingest_batch_item, import_job, import_job_lease");
        return database;
    }
}
