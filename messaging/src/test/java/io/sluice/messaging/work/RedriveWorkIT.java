package io.sluice.messaging.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.messaging.Node;
import io.sluice.messaging.Servers;
import io.sluice.messaging.deadletter.Asked;
import io.sluice.messaging.deadletter.CloseDeadLetters;
import io.sluice.messaging.deadletter.CloseDeadLetters.Closed;
import io.sluice.messaging.deadletter.CloseDeadLetters.End;
import io.sluice.messaging.deadletter.LetterFilter;

/** Law 5 of work that was given up on: its owner has it tried again, and what follows is one transaction. */
class RedriveWorkIT {

    private final String schema = Servers.freshSchema();
    private final Node node = Node.passing(schema);
    private final Bench bench = new Bench(Bench.TOPIC, 32, 1, 100);
    private final CloseDeadLetters closing = node.closing(List.of(bench), List.of());

    @BeforeEach
    void createTables() {
        Bench.createTables(node);
        node.execute("CREATE TABLE failed (k VARCHAR(190) PRIMARY KEY)");
        bench.redriving = (tx, keys) -> keys.forEach(key -> tx.execute("DELETE FROM failed WHERE k = ?", key));
    }

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void redrivenWorkRunsAgainAndEnds() {
        giveUp("k");
        node.execute("UPDATE work SET turn = 'whose', priority = 7");
        String id = Asked.open(node)[0];
        assertThat(redrive(id)).isEqualTo(new Closed(1, false, Map.of()));
        assertThat(
                        node.row(
                                "SELECT state, lane, priority, turn, attempts + failed + vanished AS counted, error_code FROM work"))
                .containsEntry("state", "waiting")
                .containsEntry("lane", Lane.BACKLOG.ordinal())
                .hasEntrySatisfying("priority", priority -> assertThat(priority).hasToString("7"))
                .containsEntry("turn", "whose")
                .containsEntry("error_code", null)
                .hasEntrySatisfying("counted", counted -> assertThat(counted).hasToString("0"));
        assertThat(failedRows()).as("taken back by its handler").isZero();
        assertThat(node.letters.page(new LetterFilter("redriven", "", ""), 10, ""))
                .singleElement()
                .satisfies(kept -> {
                    assertThat(kept.closedBy()).isEqualTo("alice");
                    assertThat(kept.closedAt()).isNotNull();
                });
        runToEnd(bench.released(node));
        assertThat(node.number("SELECT times FROM result")).isEqualTo(1);
        assertThat(node.number("SELECT COUNT(*) FROM work")).isZero();
    }

    @Test
    void sameCommandTwiceChangesNothing() {
        giveUp("k");
        String id = Asked.open(node)[0];
        redrive(id);
        ConsumerRecords<byte[], byte[]> released = bench.released(node);
        Map<String, Object> row = node.row("SELECT * FROM work");
        assertThat(redrive(id)).isEqualTo(new Closed(0, false, Map.of()));
        assertThat(node.row("SELECT * FROM work")).isEqualTo(row);
        runToEnd(released);
        assertThat(redrive(id)).as("also when it is done").isEqualTo(new Closed(0, false, Map.of()));
    }

    @Test
    void ofTwoCommandsAtOnceOneClosesEachLetter() {
        giveUp(keys(40));
        String[] ids = Asked.open(node);
        List<Closed> answers =
                Stream.of(1, 2, 3).map(one -> CompletableFuture.supplyAsync(() -> redrive(ids))).toList().stream()
                        .map(CompletableFuture::join)
                        .toList();
        assertThat(answers.stream().mapToInt(Closed::closed).sum()).isEqualTo(40);
        assertThat(answers).allMatch(answer -> answer.refused().isEmpty());
        runToEnd(bench.released(node));
        assertThat(node.number("SELECT SUM(times) FROM result")).isEqualTo(40);
    }

    @Test
    void whatFailsAgainIsALetterOfItsOwn() {
        giveUp("k");
        redrive(Asked.open(node));
        failing("k");
        assertThat(Asked.states(node)).containsExactly("redriven", "open");
        assertThat(state("k")).isEqualTo("given_up");
    }

    @Test
    void workThatIsGoneIsRefusedWithAReason() {
        giveUp("gone", "there");
        node.execute("DELETE FROM work WHERE work_key = 'gone'");
        Closed answer = redrive(Asked.open(node));
        assertThat(answer.closed()).isEqualTo(1);
        assertThat(answer.refused().values()).singleElement().satisfies(why -> {
            assertThat(why.code()).isEqualTo(ErrorCode.CONFLICT);
            assertThat(why.reason()).contains("not there any more", "Acknowledge");
        });
        assertThat(Asked.states(node)).containsExactlyInAnyOrder("open", "redriven");
    }

    @Test
    void workOfAClassThatThisReleaseHasNotIsRefused() {
        giveUp("k");
        Closed answer = node.closing(List.of(), List.of()).close(End.REDRIVEN, Asked.origin("bench"), "alice");
        assertThat(answer.closed()).isZero();
        assertThat(answer.refused().values()).singleElement().satisfies(why -> assertThat(why.reason())
                .contains("no work of class bench"));
    }

    @Test
    void whatWasPutUpAgainMeanwhileStaysAsItIs() {
        giveUp("k");
        bench.submit(node, "k");
        ConsumerRecords<byte[], byte[]> released = bench.released(node);
        Map<String, Object> row = node.row("SELECT * FROM work");
        assertThat(redrive(Asked.open(node)).closed()).isEqualTo(1);
        assertThat(node.row("SELECT * FROM work")).isEqualTo(row);
        assertThat(failedRows()).as("no business of the hook").isEqualTo(1);
        runToEnd(released);
        assertThat(node.number("SELECT times FROM result")).isEqualTo(1);
    }

    @Test
    void oneThatItsHandlerRefusesStaysAndTheOthersAreTriedAgain() {
        giveUp(keys(32));
        bench.redriving = (tx, keys) -> {
            keys.forEach(key -> tx.execute("DELETE FROM failed WHERE k = ?", key));
            if (keys.contains("k7")) {
                throw new CodedException(ErrorCode.CONFLICT, "not this one");
            }
        };
        Closed answer = redrive(Asked.open(node));
        assertThat(answer.closed()).isEqualTo(31);
        assertThat(answer.refused().values()).singleElement().satisfies(why -> {
            assertThat(why.code()).isEqualTo(ErrorCode.CONFLICT);
            assertThat(why.reason()).isEqualTo("not this one");
        });
        assertThat(node.text("SELECT GROUP_CONCAT(work_key) FROM work WHERE state = 'given_up'"))
                .isEqualTo("k7");
        assertThat(node.text("SELECT GROUP_CONCAT(k) FROM failed")).isEqualTo("k7");
        assertThat(Asked.open(node)).hasSize(1);
    }

    @Test
    void processThatIsKilledInTheMidstOfItChangesNothing() {
        giveUp("a", "b");
        String[] ids = Asked.open(node);
        Node victim = Node.passing(schema);
        Bench killed = new Bench();
        List<Long> connections = new ArrayList<>();
        killed.redriving = (tx, keys) -> {
            tx.execute("DELETE FROM failed");
            long connection =
                    tx.select("SELECT CONNECTION_ID()").mapTo(Long.class).one();
            connections.add(connection);
            node.execute("KILL " + connection);
        };
        assertThatThrownBy(
                        () -> victim.closing(List.of(killed), List.of()).close(End.REDRIVEN, Asked.ids(ids), "alice"))
                .isInstanceOf(CodedException.class);
        victim.close();
        assertThat(connections).isNotEmpty();
        assertThat(Asked.open(node)).containsExactly(ids);
        assertThat(node.number("SELECT COUNT(*) FROM work WHERE state = 'given_up'"))
                .isEqualTo(2);
        assertThat(failedRows()).isEqualTo(2);
        assertThat(redrive(ids).closed()).isEqualTo(2);
    }

    @Test
    void acknowledgedWorkStaysAsItIs() {
        giveUp("k");
        Map<String, Object> row = node.row("SELECT * FROM work");
        assertThat(closing.close(End.ACKNOWLEDGED, Asked.ids(Asked.open(node)), "alice"))
                .isEqualTo(new Closed(1, false, Map.of()));
        assertThat(node.row("SELECT * FROM work")).isEqualTo(row);
        assertThat(failedRows()).isEqualTo(1);
        assertThat(Asked.states(node)).containsExactly("acknowledged");
        assertThat(node.registry
                        .counter(
                                "sluice.dead.letters.closed",
                                "source",
                                "work",
                                "error_code",
                                "internal",
                                "end",
                                "acknowledged")
                        .count())
                .isEqualTo(1);
    }

    // ---

    private Closed redrive(String... ids) {
        return closing.close(End.REDRIVEN, Asked.ids(ids), "alice");
    }

    private void giveUp(String... keys) {
        bench.submit(node, keys);
        failing(keys);
    }

    /** Work that fails for good, with a failed row of its service. */
    private void failing(String... keys) {
        bench.performing = work -> new Outcome.Failed<>(ErrorCode.INTERNAL, "as the test wants");
        bench.finishing = (tx, one) -> {
            if (one.outcome() instanceof Outcome.Failed) {
                tx.execute("INSERT INTO failed VALUES (?)", one.work().key());
            }
            return null;
        };
        runToEnd(bench.released(node));
        assertThat(node.number("SELECT COUNT(*) FROM work WHERE state = 'given_up'"))
                .isEqualTo(keys.length);
        bench.performing = work -> new Outcome.Ok<>("done");
    }

    private void runToEnd(ConsumerRecords<byte[], byte[]> released) {
        node.runner.run(released, bench);
        await().until(() -> node.number("SELECT COUNT(*) FROM work WHERE state IN ('running', 'released')") == 0);
    }

    private long failedRows() {
        return node.number("SELECT COUNT(*) FROM failed");
    }

    private static String[] keys(int count) {
        return IntStream.range(0, count).mapToObj(i -> "k" + i).toArray(String[]::new);
    }

    private String state(String key) {
        return node.text("SELECT state FROM work WHERE work_key = ?", key);
    }
}
