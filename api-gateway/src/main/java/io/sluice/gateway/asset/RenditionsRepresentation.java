package io.sluice.gateway.asset;

import java.util.List;

import org.jspecify.annotations.Nullable;

/** @param nextCursor always null: an asset has few renditions */
public record RenditionsRepresentation(
        List<RenditionRepresentation> items, @Nullable String nextCursor) {}
