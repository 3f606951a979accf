package io.sluice.gateway.importing;

import java.util.List;

import org.jspecify.annotations.Nullable;

/** A page of jobs, newest first; those that run and wait stand at the top. */
public record ImportJobPageRepresentation(
        List<ImportJobRepresentation> items, @Nullable String nextCursor) {}
