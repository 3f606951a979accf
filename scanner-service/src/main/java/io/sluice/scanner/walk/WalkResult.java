package io.sluice.scanner.walk;

/**
 * What came of a walk.
 *
 * @param complete false when the visitor stopped it
 * @param files media files seen
 * @param directories directories read to their end
 * @param unreadable directories and entries that could not be looked at
 */
public record WalkResult(boolean complete, long files, long directories, long unreadable, Doubts doubts) {}
