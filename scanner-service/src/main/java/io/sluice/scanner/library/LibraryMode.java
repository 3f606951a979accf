package io.sluice.scanner.library;

/** Whose the bytes are: never written, or ours. */
public enum LibraryMode {
    REFERENCED,
    MANAGED
}
