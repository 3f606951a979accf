package io.sluice.messaging.deadletter;

import java.util.List;
import java.util.Set;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;

/**
 * Which dead letters are meant.
 *
 * @param state {@code open}, {@code redriven}, {@code acknowledged} or {@code all}; empty for open
 * @param origin the work class or the topic; empty for all
 * @param code empty for all
 */
public record LetterFilter(String state, String origin, String code) {

    public static final LetterFilter OPEN = new LetterFilter("", "", "");

    private static final List<String> STATES = List.of("open", "redriven", "acknowledged");

    /** @throws CodedException {@code INVALID_REQUEST} */
    public LetterFilter {
        if (!Set.of("", "open", "redriven", "acknowledged", "all").contains(state)) {
            throw new CodedException(
                    ErrorCode.INVALID_REQUEST,
                    "state must be open, redriven, acknowledged or all, not \"" + state + "\"");
        }
    }

    /** Each has lists of its own, so that every page is read in the order of an index. */
    List<String> states() {
        return state.equals("all") ? STATES : List.of(state.isEmpty() ? "open" : state);
    }

    /** By the index that has its rows in the order of their ids; statistics of a lopsided table would mislead the optimizer. */
    String from() {
        String index = "dead_letter"
                + (origin.isEmpty() && code.isEmpty() ? "_state" : "")
                + (origin.isEmpty() ? "" : "_origin")
                + (code.isEmpty() ? "" : "_code");
        return " FROM dead_letter FORCE INDEX (" + index + ") WHERE state = :state"
                + (origin.isEmpty() ? "" : " AND origin = :origin")
                + (code.isEmpty() ? "" : " AND error_code = :code");
    }
}
