package io.sluice.scanner.walk;

/** A regular file as the walk met it, path relative to the library's root. */
public record SeenFile(RawPath path, FileStat stat) {}
