package io.sluice.scanner.library;

/** What stands under a library's root: media, or bundles that an upstream hands over. */
public enum LibraryKind {
    LIBRARY,
    HANDOVER
}
