package io.sluice.gateway.container;

import java.util.List;

import org.jspecify.annotations.Nullable;

/** A page of containers by title. */
public record ContainerPageRepresentation(
        List<ContainerRepresentation> items, @Nullable String nextCursor) {}
