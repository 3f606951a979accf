package io.sluice.gateway.deadletter;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.sluice.gateway.upstream.Degraded;

/**
 * A page of dead letters, newest first.
 *
 * @param degraded services that did not answer: theirs are not in this page, and not known to be none
 */
public record DeadLetterPageRepresentation(
        List<DeadLetterRepresentation> items, @Nullable String nextCursor, List<Degraded> degraded) {}
