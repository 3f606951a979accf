package io.sluice.gateway.importing;

import java.util.List;

import org.jspecify.annotations.Nullable;

/** A page of items in the order of the manifest. */
public record BatchItemPageRepresentation(
        List<BatchItemRepresentation> items, @Nullable String nextCursor) {}
