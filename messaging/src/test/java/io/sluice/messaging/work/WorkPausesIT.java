package io.sluice.messaging.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.time.Instant;
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
    private final WorkPauses pauses = new WorkPauses(Set.of("bench", "other"), woken::add);

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
        pause("bench", "The store is being moved", "ops");
        bench.submit(node, "a", "b");
        assertThat(bench.released(node)).isEmpty();
        try (Node restarted = Node.passing(schema)) {
            assertThat(bench.released(restarted)).isEmpty();
        }
        assertThat(node.number("SELECT COUNT(*) FROM work WHERE state = 'waiting'"))
                .isEqualTo(2);
        assertThat(resume("bench")).isTrue();
        assertThat(woken).containsExactly("dispatch-bench");
        assertThat(Bench.keys(bench.released(node))).containsExactly("a", "b");
    }

    @Test
    void whatNobodyClaimedWaitsAgainAndItsMessageIsDead() {
        bench.submit(node, "a");
        var told = bench.released(node);
        pause("bench", "why", "ops");
        assertThat(node.text("SELECT state FROM work")).isEqualTo("waiting");
        node.runner.run(told, bench);
        assertThat(bench.performed).isEmpty();
        resume("bench");
        node.runner.run(bench.released(node), bench);
        await().until(() -> bench.finished.size() == 1);
        assertThat(bench.performed).containsExactly("a");
    }

    @Test
    void anotherClassGoesOn() {
        pause("other", "why", "ops");
        bench.submit(node, "a");
        assertThat(Bench.keys(bench.released(node))).containsExactly("a");
    }

    @Test
    void pausingAgainKeepsTheFirstAndResumingAgainSaysSo() {
        WorkPauses.Pause first = pause("bench", "first", "ops");
        assertThat(pause("bench", "second", "somebody else")).isEqualTo(first);
        assertThat(new Backlog(node.transactions).recent().pauses()).containsExactly(first);
        assertThat(resume("bench")).isTrue();
        assertThat(resume("bench")).isFalse();
        assertThat(node.number("SELECT COUNT(*) FROM work_pause")).isZero();
    }

    @Test
    void aClassThatIsNotThereAndAReasonThatSaysNothingAreRefused() {
        assertThat(refusal(() -> pause("nothing", "why", "ops")))
                .hasMessageContaining("bench, other")
                .extracting(CodedException::code)
                .isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(refusal(() -> resume("nothing")).code()).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(refusal(() -> pause("bench", " ", "ops")).code()).isEqualTo(ErrorCode.INVALID_REQUEST);
        assertThat(refusal(() -> pause("bench", "x".repeat(501), "ops")).code()).isEqualTo(ErrorCode.INVALID_REQUEST);
    }

    private static CodedException refusal(ThrowingCallable call) {
        return catchThrowableOfType(CodedException.class, call);
    }

    @Test
    void onlyThePauseThatIsMeantIsEnded() {
        WorkPauses.Pause pause = pause("bench", "why", "ops");
        assertThat(refusal(() -> resume("bench", pause.pausedAt().plusNanos(1_000)))
                        .code())
                .isEqualTo(ErrorCode.PRECONDITION_FAILED);
        assertThat(resume("bench", pause.pausedAt())).isTrue();
        assertThat(refusal(() -> resume("bench", pause.pausedAt())).code()).isEqualTo(ErrorCode.PRECONDITION_FAILED);
    }

    private WorkPauses.Pause pause(String workClass, String reason, String by) {
        return node.in(tx -> pauses.pause(tx, workClass, reason, by));
    }

    private boolean resume(String workClass) {
        return resume(workClass, null);
    }

    private boolean resume(String workClass, Instant expected) {
        return node.in(tx -> pauses.resume(tx, workClass, expected));
    }
}
