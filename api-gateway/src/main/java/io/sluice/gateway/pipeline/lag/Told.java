package io.sluice.gateway.pipeline.lag;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.contract.messaging.v1.DeferredSummary;
import io.sluice.contract.messaging.v1.SummarizeWorkResponse;
import io.sluice.contract.messaging.v1.WorkPause;
import io.sluice.contract.messaging.v1.WorkSummary;
import io.sluice.gateway.upstream.Answer;

/**
 * What a service says of its own work, or why it says nothing.
 *
 * @param at when it said so; its ages are of that moment
 */
record Told(Answer<SummarizeWorkResponse> answer, Instant at) {

    /** Whatever fails with these waits for a dependency, not for a better message. */
    private static final Set<ErrorCode> DEPENDENCIES = Set.of(
            ErrorCode.DATABASE_UNAVAILABLE,
            ErrorCode.BROKER_UNAVAILABLE,
            ErrorCode.SERVICE_UNAVAILABLE,
            ErrorCode.STORE_FULL,
            ErrorCode.STORE_UNAVAILABLE,
            ErrorCode.DECODER_MISSING);

    /** An error that the service has, as it words it. */
    record Trouble(ErrorCode code, String text) {

        static @Nullable Trouble of(String code, String text) {
            return code.isEmpty() ? null : new Trouble(ErrorCode.of(code), text);
        }

        boolean ofDependency() {
            return DEPENDENCIES.contains(code);
        }
    }

    /** Messages of a topic that failed and wait for another try, with those queued behind them. */
    record Deferred(
            long count, double oldestSeconds, @Nullable Trouble trouble) {}

    /** Rows of a class in one lane and state. */
    record Rows(
            String lane,
            String state,
            long count,
            double oldestSeconds,
            @Nullable Trouble trouble) {

        boolean is(String wanted) {
            return state.equals(wanted);
        }

        /** Neither running nor at an end. */
        boolean waits() {
            return is("waiting") || is("deferred") || is("released");
        }
    }

    /** The dependency that the service itself names when it is asked; null when it answers, or does not answer at all. */
    @Nullable
    Trouble trouble() {
        if (answer instanceof Answer.Unknown<SummarizeWorkResponse>(var upstream, CodedException failure)) {
            Trouble told = new Trouble(failure.code(), String.valueOf(failure.getMessage()));
            return told.ofDependency() && failure.code() != ErrorCode.SERVICE_UNAVAILABLE ? told : null;
        }
        return null;
    }

    /** Why there is no answer; null when there is one. */
    @Nullable
    String silence() {
        return answer instanceof Answer.Unknown<SummarizeWorkResponse>(var upstream, CodedException failure)
                ? String.valueOf(failure.getMessage())
                : null;
    }

    /** @param now when the ages are to be those of */
    @Nullable
    Deferred deferred(String topic, Instant now) {
        SummarizeWorkResponse told = answer.orNull();
        return told == null
                ? null
                : told.getDeferredMessagesList().stream()
                        .filter(line -> line.getTopic().equals(topic) && line.getCount() > 0)
                        .map(line -> deferred(line, secondsUntil(now)))
                        .findFirst()
                        .orElse(null);
    }

    private static Deferred deferred(DeferredSummary line, double passed) {
        return new Deferred(
                line.getCount(),
                line.getOldestSeconds() + passed,
                Trouble.of(line.getLastErrorCode(), line.getLastError()));
    }

    /**
     * Rows that are not at an end; null when the service did not answer.
     *
     * @param now when the ages are to be those of
     */
    @Nullable
    List<Rows> rows(String workClass, Instant now) {
        SummarizeWorkResponse told = answer.orNull();
        return told == null
                ? null
                : told.getWorkList().stream()
                        .filter(line -> line.getWorkClass().equals(workClass)
                                && line.getCount() > 0
                                && !line.getState().equals("given_up"))
                        .map(line -> rows(line, secondsUntil(now)))
                        .toList();
    }

    private double secondsUntil(Instant now) {
        return Math.max(0, Duration.between(at, now).toMillis() / 1000.0);
    }

    private static Rows rows(WorkSummary line, double passed) {
        return new Rows(
                line.getLane(),
                line.getState(),
                line.getCount(),
                line.getOldestSeconds() + passed,
                Trouble.of(line.getLastErrorCode(), line.getLastError()));
    }

    @Nullable
    WorkPause pause(String workClass) {
        SummarizeWorkResponse told = answer.orNull();
        return told == null
                ? null
                : told.getPausesList().stream()
                        .filter(pause -> pause.getWorkClass().equals(workClass))
                        .findFirst()
                        .orElse(null);
    }
}
