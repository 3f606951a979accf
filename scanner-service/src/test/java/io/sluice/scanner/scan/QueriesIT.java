package io.sluice.scanner.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import jakarta.inject.Inject;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.messaging.outbox.OutboxPosition;
import io.sluice.scanner.ScannerLibraries;
import io.sluice.scanner.handover.ObservedBundles;
import io.sluice.scanner.inventory.Inventory;
import io.sluice.scanner.inventory.InventoryDigest;
import io.sluice.scanner.library.LibraryId;
import io.sluice.scanner.walk.RawPath;
import io.sluice.testsupport.SluiceInfra;

/** Every list and look-up, as it is really run, goes along its index when there are many rows. */
@QuarkusTest
@WithTestResource(SluiceInfra.class)
@WithTestResource(ScannerLibraries.class)
class QueriesIT {

    private static final int FILES = 150_000;
    private static final int BUNDLES = 20_000;
    private static final LibraryId LARGE = LibraryId.of("01980000-0000-7000-8000-00000000000a");
    private static final LibraryId OTHER = LibraryId.of("01980000-0000-7000-8000-00000000000b");

    @Inject
    Inventory inventory;

    @Inject
    InventoryDigest digest;

    @Inject
    ScanRuns runs;

    @Inject
    ObservedBundles bundles;

    private final List<Step> steps = new ArrayList<>();
    private Jdbi jdbi;

    /** One line of an EXPLAIN. */
    private record Step(String table, String type, String key, long rows, String extra) {}

    @BeforeEach
    void fillTables() {
        jdbi = SluiceInfra.database().jdbi();
        if (SluiceInfra.database().number("SELECT COUNT(*) FROM observed_file WHERE library_id = ?", LARGE.toString())
                == 0) {
            fill(LARGE);
            fill(OTHER);
            jdbi.useHandle(handle -> handle.execute("ANALYZE TABLE observed_file, observed_bundle, scan_run, outbox"));
        }
    }

    @Test
    void whether_any_file_is_present_reads_one_entry() {
        explain(handle -> handle.createQuery(
                        "SELECT EXISTS (SELECT 1 FROM observed_file WHERE library_id = ? AND present = 1)")
                .bind(0, LARGE.toString())
                .mapTo(Boolean.class)
                .one());

        assertThat(steps).anySatisfy(step -> assertThat(step.key).isEqualTo("observed_presence"));
    }

    @Test
    void the_holders_of_paths_are_found_by_their_keys() {
        List<RawPath> paths = IntStream.range(0, Inventory.LOOK_UP)
                .mapToObj(i -> RawPath.of("dir/" + i + ".jpg"))
                .toList();

        explain(handle -> inventory.holding(handle, LARGE, paths));

        assertUses("observed_path", Inventory.LOOK_UP);
    }

    @Test
    void files_are_found_by_inodes() {
        List<Long> inodes =
                LongStream.range(0, Inventory.LOOK_UP).map(i -> i * 31).boxed().toList();

        explain(handle -> inventory.withInodes(handle, LARGE, inodes));

        assertUses("observed_inode", 2 * Inventory.LOOK_UP);
    }

    @Test
    void files_are_found_by_ids() {
        List<Long> ids =
                LongStream.range(1, Inventory.LOOK_UP).map(i -> i * 17).boxed().toList();

        explain(handle -> inventory.withIds(handle, LARGE, ids));

        assertUses("PRIMARY", 2 * Inventory.LOOK_UP);
    }

    @Test
    void pages_of_present_ids_come_from_a_narrow_index() {
        explain(handle -> assertThat(inventory.presentIds(handle, LARGE, true, 70_000, 1000))
                .hasSize(1000)
                .isSorted());

        assertUses("observed_presence", 2 * FILES);
        assertThat(steps.getFirst().extra).contains("Using index").doesNotContain("filesort");
    }

    @Test
    void files_that_may_still_be_written_to_are_found_among_all_others() {
        explain(handle -> assertThat(inventory.unstable(handle, LARGE, 0, 1000)).hasSize(150));

        assertUses("observed_presence", 1000);
    }

    @Test
    void a_bucket_is_read_in_pages_along_its_index() {
        explain(handle -> assertThat(inventory.ofBucket(handle, LARGE, 7, 30_000, 100))
                .hasSize(100)
                .allMatch(file -> (file.fileId() & 255) == 7));

        assertUses("observed_bucket", FILES / 100);
        assertThat(steps.getFirst().extra).doesNotContain("filesort");
    }

    @Test
    void the_digest_touches_no_row() {
        explain(handle -> assertThat(digest.of(handle, LARGE).presentFiles()).isEqualTo(FILES));

        assertUses("observed_bucket", 2 * FILES);
        assertThat(steps.getFirst().extra)
                .contains("Using index")
                .doesNotContain("temporary")
                .doesNotContain("filesort");
    }

    @Test
    void scans_are_listed_along_their_indexes() {
        explain(handle -> runs.latest(handle, LARGE, ScanKind.QUICK));
        assertUses("scan_run_latest", FILES);
        assertThat(steps.getFirst().extra).doesNotContain("filesort");
        steps.clear();

        explain(handle -> runs.running(handle, LARGE));
        assertUses("scan_run_state", 10);
        steps.clear();

        explain(handle -> handle.inTransaction(tx -> runs.interruptRunning(tx, LARGE)));
        assertUses("scan_run_state", 10);
    }

    @Test
    void bundles_are_read_in_pages_along_the_primary_key() {
        explain(handle -> assertThat(bundles.page(handle, LARGE, RawPath.of("bundle-19000"), 500))
                .hasSize(500));
        assertUses("PRIMARY", 2 * BUNDLES);
        assertThat(steps.getFirst().type).isEqualTo("range");
        assertThat(steps.getFirst().extra).doesNotContain("filesort");
        steps.clear();

        explain(handle -> handle.createQuery(
                        "SELECT EXISTS (SELECT 1 FROM observed_bundle WHERE library_id = ? AND present = 1)")
                .bind(0, LARGE.toString())
                .mapTo(Boolean.class)
                .one());
        assertThat(steps).anySatisfy(step -> assertThat(step.key).isEqualTo("observed_bundle_presence"));
    }

    @Test
    void how_far_the_outbox_is_takes_two_looks() {
        explain(handle -> OutboxPosition.passed(handle, 1_000_000));

        assertThat(steps).filteredOn(step -> "outbox".equals(step.table)).allSatisfy(step -> assertThat(step.key)
                .isEqualTo("outbox_next"));
    }

    /** @param mostRows as the optimizer estimates them, which may be twice too many */
    private void assertUses(String index, long mostRows) {
        assertThat(steps).hasSize(1);
        assertThat(steps.getFirst().key).isEqualTo(index);
        assertThat(steps.getFirst().type).isIn("range", "ref", "const", "eq_ref");
        assertThat(steps.getFirst().rows).isLessThanOrEqualTo(mostRows);
    }

    /** Runs it, and beside every statement of it the same one with EXPLAIN before it and the same values. */
    private void explain(Consumer<Handle> query) {
        Jdbi logged = SluiceInfra.database().jdbi();
        logged.setSqlLogger(new SqlLogger() {
            @Override
            public void logBeforeExecution(StatementContext context) {
                steps.addAll(explained(context));
            }
        });
        logged.useHandle(query::accept);
    }

    private static List<Step> explained(StatementContext context) {
        String sql = context.getParsedSql().getSql();
        List<Step> found = new ArrayList<>();
        try (PreparedStatement statement = context.getConnection().prepareStatement("EXPLAIN " + sql)) {
            for (int i = 0; i < sql.chars().filter(c -> c == '?').count(); i++) {
                Argument argument = context.getBinding().findForPosition(i).orElseThrow();
                argument.apply(i + 1, statement, context);
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(new Step(
                            rows.getString("table"),
                            rows.getString("type"),
                            rows.getString("key"),
                            rows.getLong("rows"),
                            rows.getString("Extra")));
                }
            }
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
        return found;
    }

    private void fill(LibraryId library) {
        jdbi.useHandle(handle -> {
            handle.execute(
                    "INSERT INTO observed_file (library_id, file_id, path, path_key, size, mtime_ns, ctime_ns,"
                            + " birth_time_ns, inode, present, stable, sequence, scan_id, observed_at)"
                            + " SELECT ?, seq, CONCAT('dir/', seq, '.jpg'), UNHEX(SHA2(CONCAT(?, seq), 256)), seq, seq,"
                            + " seq, seq, seq * 31, TRUE, seq % 1000 <> 0, seq, ?, NOW(6) FROM seq_1_to_" + FILES,
                    library.toString(),
                    library.toString(),
                    UUID.randomUUID().toString());
            handle.execute(
                    "INSERT INTO scan_run (scan_id, library_id, kind, state, token, started_at, finished_at)"
                            + " SELECT UUID(), ?, IF(seq % 60 = 0, 'full', 'quick'), 'completed', 1,"
                            + " NOW(6) - INTERVAL seq MINUTE, NOW(6) FROM seq_1_to_20000",
                    library.toString());
            handle.execute(
                    "INSERT INTO observed_bundle (library_id, name, sequence, scan_id, observed_at, manifest_present,"
                            + " manifest_size, manifest_mtime_ns, manifest_ctime_ns, manifest_birth_time_ns,"
                            + " manifest_inode, sentinel_present, sentinel_size, sentinel_mtime_ns, sentinel_ctime_ns,"
                            + " sentinel_birth_time_ns, sentinel_inode)"
                            + " SELECT ?, CONCAT('bundle-', LPAD(seq, 5, '0')), seq, UUID(), NOW(6), TRUE, 1, 1, 1, 1, 1,"
                            + " TRUE, 1, 1, 1, 1, 1 FROM seq_1_to_" + BUNDLES,
                    library.toString());
        });
    }
}
