package io.sluice.messaging.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.messaging.Backlog;
import io.sluice.messaging.Node;
import io.sluice.messaging.Servers;

/** A paused class waits, whatever restarts, and loses nothing. */
class WorkPausesIT {

    private final String schema = Servers.freshSchema();
    private final Node node = Node.passing(schema);
    private final Bench bench = new Bench();
    private final List<String> woken = new ArrayList<>();
    private final WorkPauses pauses = new WorkPauses(node.transactions, Set.of("bench", "other"), woken::add);

    @BeforeEach
    void createTables() {
        Bench.createTables(node);
    }

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void nothingIsReleasedUntilItIsResumedByAnyProcess() {
        pauses.pause("bench", "The store is being moved", "ops");
        bench.submit(node, "a", "b");
        assertThat(bench.released(node)).isEmpty();
        try (Node restarted = Node.passing(schema)) {
            assertThat(bench.released(restarted)).isEmpty();
        }
        assertThat(node.number("SELECT COUNT(*) FROM work WHERE state = 'waiting'"))
                .isEqualTo(2);
        assertThat(pauses.resume("bench")).isTrue();
        assertThat(woken).containsExactly("dispatch-bench");
        assertThat(Bench.keys(bench.released(node))).containsExactly("a", "b");
    }

    @Test
    void whatNobodyClaimedWaitsAgainAndItsMessageIsDead() {
        bench.submit(node, "a");
        var told = bench.released(node);
        pauses.pause("bench", "why", "ops");
        assertThat(node.text("SELECT state FROM work")).isEqualTo("waiting");
        node.runner.run(told, bench);
        assertThat(bench.performed).isEmpty();
        pauses.resume("bench");
        node.runner.run(bench.released(node), bench);
        await().until(() -> bench.finished.size() == 1);
        assertThat(bench.performed).containsExactly("a");
    }

    @Test
    void anotherClassGoesOn() {
        pauses.pause("other", "why", "ops");
        bench.submit(node, "a");
        assertThat(Bench.keys(bench.released(node))).containsExactly("a");
    }

    @Test
    void pausingAgainKeepsTheFirstAndResumingAgainSaysSo() {
        WorkPauses.Pause first = pauses.pause("bench", "first", "ops");
        assertThat(pauses.pause("bench", "second", "somebody else")).isEqualTo(first);
        assertThat(new Backlog(node.transactions).recent().pauses()).containsExactly(first);
        assertThat(pauses.resume("bench")).isTrue();
        assertThat(pauses.resume("bench")).isFalse();
        assertThat(node.number("SELECT COUNT(*) FROM work_pause")).isZero();
    }

    @Test
    void aClassThatIsNotThereAndAReasonThatSaysNothingAreRefused() {
        assertThat(refusal(() -> pauses.pause("nothing", "why", "ops")))
                .hasMessageContaining("bench, other")
                .extracting(CodedException::code)
                .isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(refusal(() -> pauses.resume("nothing")).code()).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(refusal(() -> pauses.pause("bench", " ", "ops")).code()).isEqualTo(ErrorCode.INVALID_REQUEST);
        assertThat(refusal(() -> pauses.pause("bench", "x".repeat(501), "ops")).code())
                .isEqualTo(ErrorCode.INVALID_REQUEST);
    }

    private static CodedException refusal(ThrowingCallable call) {
        return catchThrowableOfType(CodedException.class, call);
    }
}
