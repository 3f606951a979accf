package io.sluice.gateway.library;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.sluice.gateway.upstream.Degraded;

/**
 * All libraries by name.
 *
 * @param nextCursor always null: libraries are few
 * @param degraded which services did not answer; their parts are null
 */
public record LibrariesRepresentation(
        List<LibraryRepresentation> items, @Nullable String nextCursor, List<Degraded> degraded) {}
