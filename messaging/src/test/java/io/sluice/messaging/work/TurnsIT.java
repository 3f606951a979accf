package io.sluice.messaging.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.sluice.messaging.Node;
import io.sluice.messaging.Servers;

/** Libraries and jobs take turns: a small one does not wait for a large one, and nobody overtakes a better lane. */
class TurnsIT {

    private final String schema = Servers.freshSchema();
    private final Node node = Node.passing(schema);
    private Turns turns;

    @BeforeEach
    void aDispatcherOfItsOwn() {
        Bench.createTables(node);
        turns = new Turns(new WorkRows(node.instance, Duration.ofSeconds(30)), "bench");
    }

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void aSmallLibraryIsServedBesideALargeOne() {
        put("large", Lane.BACKLOG, 50, 300);
        assertThat(release(20)).hasSize(20).allMatch(key -> key.startsWith("large-"));
        put("small", Lane.BACKLOG, 50, 5);

        assertThat(release(6))
                .containsExactly("small-000", "large-020", "small-001", "large-021", "small-002", "large-022");
        assertThat(release(10)).contains("small-003", "small-004").hasSize(10);
        assertThat(release(3)).containsExactly("large-031", "large-032", "large-033");
    }

    @Test
    void oneFreePlaceAtATimeIsSharedToo() {
        put("a", Lane.FRESH, 50, 10);
        put("b", Lane.FRESH, 50, 10);
        put("c", Lane.FRESH, 50, 1);

        List<String> order = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            order.addAll(release(1));
        }

        assertThat(order).containsExactly("a-000", "b-000", "c-000", "a-001", "b-001", "a-002");
    }

    @Test
    void aBetterLaneOrPriorityGoesFirstWhoseverTurnItIs() {
        put("a", Lane.BACKLOG, 50, 4);
        put("b", Lane.BACKLOG, 10, 2);
        put("c", Lane.FRESH, 50, 2);

        assertThat(release(7)).containsExactly("c-000", "c-001", "b-000", "b-001", "a-000", "a-001", "a-002");
        assertThat(release(7)).containsExactly("a-003");
        assertThat(release(7)).isEmpty();
    }

    @Test
    void moreTurnsThanAStepServesAreAllServed() {
        List<WorkRequest> requests = IntStream.range(0, 200)
                .mapToObj(i -> WorkRequest.of("bench", "k-%03d".formatted(i), Lane.BACKLOG)
                        .turnOf("turn-%03d".formatted(i)))
                .toList();
        node.transactions.run(tx -> node.board.submit(tx, requests));

        assertThat(release(500))
                .containsExactlyInAnyOrderElementsOf(
                        requests.stream().map(WorkRequest::key).toList());
    }

    @Test
    void whatAnotherHasLockedHoldsNobodyUp() {
        put("a", Lane.FRESH, 50, 1);
        put("b", Lane.BACKLOG, 50, 1);
        node.transactions.run(other -> {
            other.createQuery("SELECT id FROM work WHERE work_class = 'bench' AND work_key = 'a-000' FOR UPDATE")
                    .mapTo(Long.class)
                    .list();
            // On a thread, and so on a connection, of its own.
            assertThat(CompletableFuture.supplyAsync(() -> release(5)).join()).containsExactly("b-000");
        });
        assertThat(release(5)).containsExactly("a-000");
    }

    private void put(String turn, Lane lane, int priority, int count) {
        node.transactions.run(tx -> node.board.submit(
                tx,
                IntStream.range(0, count)
                        .mapToObj(i -> new WorkRequest(
                                "bench", "%s-%03d".formatted(turn, i), lane, priority, Duration.ZERO, turn))
                        .toList()));
    }

    private List<String> release(int limit) {
        return node.transactions.call(tx -> turns.release(tx, limit)).stream()
                .map(WorkRows.Row::key)
                .toList();
    }
}
