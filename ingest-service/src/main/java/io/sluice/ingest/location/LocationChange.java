package io.sluice.ingest.location;

import org.jspecify.annotations.Nullable;

/** What becomes of a locked row; {@code before} is null when there is none yet. */
public record LocationChange(@Nullable FileLocation before, FileLocation after) {}
