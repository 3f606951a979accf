package io.sluice.messaging.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.sluice.contract.ErrorCode;

/** Law 6, in numbers. */
class VerdictTest {

    @Test
    void firstRunAndThreeRetriesAfterOneFourAndNineSeconds() {
        assertThat(IntStream.range(0, 4)
                        .mapToObj(failed -> of(new Outcome.Failed<>(ErrorCode.CHILD_DIED, "x"), failed, 0)))
                .containsExactly(
                        new Verdict.Retry(Duration.ofSeconds(1), ErrorCode.CHILD_DIED, "x"),
                        new Verdict.Retry(Duration.ofSeconds(4), ErrorCode.CHILD_DIED, "x"),
                        new Verdict.Retry(Duration.ofSeconds(9), ErrorCode.CHILD_DIED, "x"),
                        new Verdict.GivenUp(ErrorCode.CHILD_DIED, "x"));
    }

    @Test
    void kindDecides() {
        assertThat(of(new Outcome.Ok<>("r"), 3, 0)).isEqualTo(new Verdict.Done());
        assertThat(of(new Outcome.Failed<>(ErrorCode.IMAGE_DAMAGED, "x"), 0, 0)).isEqualTo(new Verdict.Done());
        assertThat(of(new Outcome.Failed<>(ErrorCode.INTERNAL, "x"), 0, 0))
                .isEqualTo(new Verdict.GivenUp(ErrorCode.INTERNAL, "x"));
        assertThat(of(new Outcome.Failed<>(ErrorCode.STORE_FULL, "x"), 3, 0))
                .isEqualTo(new Verdict.Refund(Duration.ofSeconds(1), ErrorCode.STORE_FULL, "x"));
    }

    @Test
    void interruptionsAreNeverCountedAndPauseOneToFifteenSeconds() {
        List<Duration> pauses = IntStream.of(0, 1, 2, 3, 4, 5, 1000)
                .mapToObj(times -> of(new Outcome.Interrupted<>(ErrorCode.SOURCE_CHANGED, "x"), 3, times))
                .map(verdict -> ((Verdict.Refund) verdict).pause())
                .toList();
        assertThat(pauses)
                .containsExactlyElementsOf(IntStream.of(1, 2, 4, 8, 15, 15, 15)
                        .mapToObj(Duration::ofSeconds)
                        .toList());
    }

    @Test
    void submittedAgainWhileItRanStartsAfreshUnlessItWasInterrupted() {
        assertThat(Verdict.of(new Outcome.Ok<>("r"), 0, 0, true)).isEqualTo(new Verdict.Afresh());
        assertThat(Verdict.of(new Outcome.Failed<>(ErrorCode.INTERNAL, "x"), 3, 0, true))
                .isEqualTo(new Verdict.Afresh());
        assertThat(Verdict.of(new Outcome.Interrupted<>(ErrorCode.INTERRUPTED, "x"), 3, 0, true))
                .isInstanceOf(Verdict.Refund.class);
    }

    private static Verdict of(Outcome<?> outcome, int failed, int interrupted) {
        return Verdict.of(outcome, failed, interrupted, false);
    }
}
