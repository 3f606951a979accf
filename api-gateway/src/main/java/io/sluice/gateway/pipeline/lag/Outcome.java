package io.sluice.gateway.pipeline.lag;

import java.util.function.Function;
import java.util.function.Supplier;

import io.sluice.contract.CodedException;

/** A question's answer, or why there is none. */
sealed interface Outcome<T> {

    record Known<T>(T value) implements Outcome<T> {}

    record Failed<T>(String reason) implements Outcome<T> {}

    static <T> Outcome<T> of(Supplier<T> question) {
        try {
            return new Known<>(question.get());
        } catch (CodedException failure) {
            return new Failed<>(String.valueOf(failure.getMessage()));
        }
    }

    /** Asks on when this is known. */
    default <R> Outcome<R> then(Function<T, R> next) {
        return switch (this) {
            case Known<T>(T value) -> of(() -> next.apply(value));
            case Failed<T>(String reason) -> new Failed<>(reason);
        };
    }
}
