package io.sluice.media.library;

/** A library was walked whole once more, and what was found is on its way: a good moment to count. */
public record FullScanTold(String libraryId) {}
