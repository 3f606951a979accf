package io.sluice.scanner.walk;

/** A directory as it stood before it was read, path relative to the library's root (empty: the root). */
public record SeenDirectory(RawPath path, FileStat stat) {}
