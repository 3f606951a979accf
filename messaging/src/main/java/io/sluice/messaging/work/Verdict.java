package io.sluice.messaging.work;

import java.time.Duration;

import io.sluice.contract.ErrorCode;
import io.sluice.contract.ErrorKind;

/** What becomes of a row of work after an attempt (law 6). */
sealed interface Verdict {

    /** A first run and three retries; their pauses are 1, 4 and 9 s. */
    int RETRIES = 3;

    /** From the second vanish on it runs alone, with the fifth it ends. */
    int ALONE_FROM = 2;

    int MOST_VANISHED = 5;

    Duration LONGEST_REFUND_PAUSE = Duration.ofSeconds(15);

    /** The row goes; what is to be told of it the handler has written. */
    record Done() implements Verdict {}

    /** It was submitted again meanwhile: it starts anew, with nothing counted. */
    record Afresh() implements Verdict {}

    record Retry(Duration pause, ErrorCode code, String reason) implements Verdict {}

    /** The attempt does not count. */
    record Refund(Duration pause, ErrorCode code, String reason) implements Verdict {}

    /** It stays as a row that a person sees, with a dead letter. */
    record GivenUp(ErrorCode code, String reason) implements Verdict {}

    /** Whether no attempt follows. */
    default boolean last() {
        return this instanceof Done || this instanceof GivenUp;
    }

    /**
     * @param failed attempts that failed before this one
     * @param interrupted attempts that were given back before this one
     * @param again whether it was submitted while it ran
     */
    static Verdict of(Outcome<?> outcome, int failed, int interrupted, boolean again) {
        return switch (outcome) {
            case Outcome.Ok<?> ok -> again ? new Afresh() : new Done();
            case Outcome.Interrupted<?>(ErrorCode code, String reason) ->
                new Refund(refundPause(interrupted), code, reason);
            case Outcome.Failed<?>(ErrorCode code, String reason)
            when code.kind() == ErrorKind.CAPACITY -> new Refund(refundPause(interrupted), code, reason);
            case Outcome.Failed<?> failure when again -> new Afresh();
            case Outcome.Failed<?>(ErrorCode code, String reason) ->
                switch (code.kind()) {
                    case TRANSIENT ->
                        failed < RETRIES ? new Retry(retryPause(failed + 1), code, reason) : new GivenUp(code, reason);
                    case SENDER -> new Done();
                    case DEFECT, CAPACITY -> new GivenUp(code, reason);
                };
        };
    }

    /** @param retry 1, 2 or 3 */
    static Duration retryPause(int retry) {
        return Duration.ofSeconds((long) retry * retry);
    }

    /** 1 s, doubled with every time in a row, at most 15 s. */
    static Duration refundPause(int interrupted) {
        Duration pause = Duration.ofSeconds(1L << Math.min(interrupted, 4));
        return pause.compareTo(LONGEST_REFUND_PAUSE) > 0 ? LONGEST_REFUND_PAUSE : pause;
    }
}
