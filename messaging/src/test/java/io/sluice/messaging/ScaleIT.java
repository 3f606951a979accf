package io.sluice.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.sluice.messaging.deadletter.LetterFilter;
import io.sluice.messaging.deadletter.ScaleLetters;
import io.sluice.messaging.outbox.ScaleOutbox;
import io.sluice.messaging.work.ScaleWork;

/**
 * Every statement of the hot road stays flat with a million rows behind it: it reads about as many index entries as it
 * gives rows. Counted by the server itself, so that neither the machine's speed nor the optimizer's guesses matter.
 */
class ScaleIT {

    private static final int ROWS = 1_000_000;
    private static final int LETTERS = 300_000;

    private static String schema;
    private static Node node;

    @BeforeAll
    static void fill() {
        schema = Servers.freshSchema();
        node = Node.passing(schema);
        node.execute("INSERT INTO work (work_class, work_key, state, lane, priority, turn, due_at)"
                + " SELECT 'image', CONCAT('k', seq), IF(seq % 4 = 0, 'deferred', IF(seq % 50 = 1, 'given_up', 'waiting')),"
                + " seq % 3, 50, CONCAT('library-', seq % 7), IF(seq % 4 = 0, NOW(6) + INTERVAL 1 DAY, NOW(6)) FROM seq_1_to_"
                + ROWS);
        node.execute("INSERT INTO work (work_class, work_key, state, lane, priority, due_at, released_at)"
                + " SELECT 'image', CONCAT('r', seq), 'released', 1, 50, NOW(6), NOW(6) FROM seq_1_to_100");
        node.execute("INSERT INTO work (work_class, work_key, state, lane, priority, due_at, lease_until, lease_owner,"
                + " lease_incarnation) SELECT 'image', CONCAT('w', seq), 'running', 1, 50, NOW(6),"
                + " NOW(6) + INTERVAL 1 HOUR, 'x', UUID() FROM seq_1_to_100");
        node.execute("INSERT INTO outbox (shard, topic, record_key, value, headers)"
                + " SELECT seq % 2, 'sluice.test.v1', CONCAT('k', seq), 'v', 'h' FROM seq_1_to_200000");
        node.execute(
                "INSERT INTO dead_letter (id, source, origin, record_key, partition_no, record_offset, record_time,"
                        + " error_code, cause, attempts, headers)"
                        + " SELECT CONCAT('0190', LPAD(HEX(seq DIV 16), 4, '0'), '-0000-7000-8000-', LPAD(seq, 12, '0')), 'message',"
                        + " 'sluice.ingest.asset.v1', CONCAT('k', seq), 0, seq, 0, IF(seq % 10 = 0, 'internal', 'child_died'), 'x',"
                        + " 1, X'00000000' FROM seq_1_to_" + LETTERS);
        node.execute("INSERT INTO deferred_message (consumer_group, topic, record_key, partition_no, record_offset,"
                + " record_time, headers, due_at) SELECT 'g', 't', CONCAT('k', seq), 0, seq, 0, 'h', NOW(6) + INTERVAL 1 DAY"
                + " FROM seq_1_to_100000");
        for (String table : List.of("work", "outbox", "dead_letter", "deferred_message")) {
            node.transactions.read(
                    handle -> handle.select("ANALYZE TABLE " + table).mapToMap().list());
        }
    }

    @AfterAll
    static void close() {
        node.close();
    }

    @Test
    void releaseReadsTheRowsItReleases() {
        assertThat(reads(tx ->
                        assertThat(ScaleWork.release(tx, node.instance, 200)).isEqualTo(200)))
                .isLessThan(2_000);
    }

    @Test
    void whatIsDueIsFoundWithoutReadingWhatIsNot() {
        assertThat(reads(tx ->
                        assertThat(ScaleWork.wakeDeferred(tx, node.instance)).isZero()))
                .isLessThan(50);
    }

    @Test
    void windowReapingAndTakingBackReadTheWindowOnly() {
        assertThat(reads(tx -> assertThat(ScaleWork.inWindow(tx, node.instance)).isGreaterThanOrEqualTo(200)))
                .isLessThan(2_000);
        assertThat(reads(tx -> assertThat(ScaleWork.vanished(tx, node.instance)).isZero()))
                .isLessThan(2_000);
        assertThat(reads(tx -> assertThat(ScaleWork.takeBack(tx, node.instance)).isZero()))
                .isLessThan(2_000);
    }

    @Test
    void claimReadsItsRows() {
        List<Long> ids = node.transactions.read(handle -> handle.select(
                        "SELECT id FROM work WHERE work_class = 'image' AND state = 'released' LIMIT 50")
                .mapTo(Long.class)
                .list());
        assertThat(reads(tx ->
                        assertThat(ScaleWork.claim(tx, node.instance, ids)).isEqualTo(50)))
                .isLessThan(500);
    }

    @Test
    void relayReadsItsBatch() {
        assertThat(reads(tx -> assertThat(ScaleOutbox.next(tx, 500)).isEqualTo(500)))
                .isLessThan(2_500);
    }

    @ParameterizedTest
    @CsvSource({
        "'','',dead_letter_state",
        "'',internal,dead_letter_code",
        "sluice.ingest.asset.v1,'',dead_letter_origin",
        "sluice.ingest.asset.v1,internal,dead_letter_origin_code"
    })
    void deadLettersPageByTheIndexOfTheirFilters(String origin, String code, String index) {
        String middle = node.text("SELECT id FROM dead_letter ORDER BY id LIMIT 1 OFFSET 150000");
        LetterFilter filter = new LetterFilter("open", origin, code);
        assertThat(reads(tx ->
                        assertThat(ScaleLetters.page(tx, filter, 50, middle)).isEqualTo(50)))
                .isLessThan(200);
        assertThat(reads(tx ->
                        assertThat(ScaleLetters.next(tx, filter, 500, middle)).isEqualTo(500)))
                .isLessThan(2_000);
        assertThat(ScaleLetters.plans(node, filter, middle)).allSatisfy(plan -> {
            assertThat(plan.get("key")).isEqualTo(index);
            assertThat(plan.get("extra")).asString().doesNotContain("filesort", "temporary");
        });
    }

    @Test
    void summaryOfDeadLettersIsReadFromItsIndexAlone() {
        assertThat(node.row("EXPLAIN SELECT source, origin, error_code, COUNT(*), MIN(id), MAX(id) FROM dead_letter"
                        + " WHERE state = 'open' GROUP BY source, origin, error_code"))
                .containsEntry("key", "dead_letter_summary")
                .hasEntrySatisfying("extra", extra -> assertThat(extra)
                        .asString()
                        .contains("Using index")
                        .doesNotContain("filesort", "temporary"));
        assertThat(node.letters.summary()).hasSize(2);
    }

    @Test
    void lettersOfAKeyThatMovedOnAreFoundByTheirKey() {
        assertThat(reads(tx -> assertThat(ScaleLetters.outlive(tx, node, 500)).isEqualTo(500)))
                .isLessThan(5_000);
    }

    @Test
    void dueMessagesAreFoundWithoutReadingWhatIsNotDue() {
        assertThat(reads(tx -> tx.createQuery(
                                "SELECT id FROM deferred_message WHERE consumer_group = 'g' AND topic = 't'"
                                        + " AND due_at <= NOW(6) ORDER BY due_at LIMIT 100")
                        .mapTo(Long.class)
                        .list()))
                .isLessThan(50);
    }

    @Test
    void plansNeedNoSorting() {
        for (String query : List.of(
                "SELECT id FROM work WHERE work_class = 'image' AND state = 'waiting' AND lane = 2 AND priority = 50"
                        + " AND turn = 'a' ORDER BY id LIMIT 200 FOR UPDATE",
                "SELECT id FROM outbox WHERE shard = 1 AND blocked = 0 ORDER BY id LIMIT 1000",
                "SELECT work_class, lane, state, COUNT(*), MIN(state_since) FROM work GROUP BY work_class, state, lane")) {
            Map<String, Object> plan = node.row("EXPLAIN " + query);
            assertThat(plan.get("extra")).as(query).asString().doesNotContain("filesort", "temporary");
            assertThat(plan.get("key")).as(query).isIn("work_next", "outbox_next");
        }
    }

    @Test
    void backlogIsCountedFromOneIndexAndPacesItself() {
        Backlog backlog = new Backlog(node.transactions);
        Backlog.Snapshot counted = backlog.recent();
        assertThat(counted.work().stream().mapToLong(Backlog.Work::count).sum()).isEqualTo(ROWS + 200);
        assertThat(counted.deadLetters()).isEqualTo(LETTERS);
        node.execute("UPDATE dead_letter SET state = 'redriven' ORDER BY id LIMIT 1");
        try {
            assertThat(backlog.recent().deadLetters())
                    .as("kept for ten times what it took")
                    .isEqualTo(LETTERS);
        } finally {
            node.execute("UPDATE dead_letter SET state = 'open' WHERE state = 'redriven'");
        }
    }

    /** Index entries and rows that the server touched for this. */
    private static long reads(Consumer<Handle> statements) {
        AtomicLong reads = new AtomicLong();
        assertThatThrownBy(() -> node.transactions.run(tx -> {
                    tx.execute("FLUSH STATUS");
                    statements.accept(tx);
                    reads.set(tx
                            .select("SHOW SESSION STATUS LIKE 'Handler_read%'")
                            .map((row, context) -> row.getLong(2))
                            .list()
                            .stream()
                            .mapToLong(Long::longValue)
                            .sum());
                    throw new RolledBack();
                }))
                .isInstanceOf(RolledBack.class);
        return reads.get();
    }

    /** So that every test finds the rows as they were made. */
    private static final class RolledBack extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
