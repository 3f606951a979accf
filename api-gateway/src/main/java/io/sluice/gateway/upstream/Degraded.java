package io.sluice.gateway.upstream;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * A note in an answer that lacks what one service would have said.
 *
 * @param service the service that did not answer
 * @param code why, as an error code
 * @param detail what is missing, and what happens next
 */
public record Degraded(String service, String code, String detail) {

    /** The notes for those of the answers that are unknown; empty when all are known. */
    public static List<Degraded> notes(Answer<?>... answers) {
        return Arrays.stream(answers)
                .map(answer -> answer instanceof Answer.Unknown<?> unknown ? of(unknown) : null)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    private static Degraded of(Answer.Unknown<?> unknown) {
        return new Degraded(
                unknown.upstream().serviceName(),
                unknown.failure().code().code(),
                Objects.requireNonNullElse(unknown.failure().getMessage(), ""));
    }
}
