package io.sluice.gateway.deadletter;

import java.util.List;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

import io.sluice.gateway.upstream.Degraded;

/**
 * What became of a command on dead letters.
 *
 * @param closed by this request; those that were closed before are not among them
 * @param more whether more fit the filter: ask again
 * @param refused those that stay open, and why
 * @param degraded services that did not answer: what became of theirs is not known; ask again
 */
public record ClosedDeadLettersRepresentation(
        long closed, boolean more, List<Refusal> refused, List<Degraded> degraded) {

    /** A letter that stays open. */
    public record Refusal(
            @Schema(examples = "0199f0c1-7a3e-7d4c-9f65-3c1f0a6e8b11")
            String id,

            @Schema(examples = "conflict") String code,
            String reason) {}
}
