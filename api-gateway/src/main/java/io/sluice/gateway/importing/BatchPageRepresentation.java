package io.sluice.gateway.importing;

import java.util.List;

import org.jspecify.annotations.Nullable;

/** A page of batches, newest look first. */
public record BatchPageRepresentation(
        List<BatchRepresentation> items, @Nullable String nextCursor) {}
