package io.sluice.gateway.asset;

import java.util.List;

import org.jspecify.annotations.Nullable;

/** A page of an asset's locations, by library and path. */
public record LocationPageRepresentation(
        List<LocationRepresentation> items, @Nullable String nextCursor) {}
