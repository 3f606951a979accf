package io.sluice.localstack;

import java.nio.file.Path;

/**
 * What a stack watches under a library's name.
 *
 * @param handover whether bundles are delivered there; else it is a library of media files
 */
record LibraryRoot(Path path, boolean handover) {

    private static final String HANDOVER = "handover:";

    /** As it is remembered: a path is absolute, so the prefix cannot be one's beginning. */
    static LibraryRoot parse(String kept) {
        return kept.startsWith(HANDOVER)
                ? new LibraryRoot(Path.of(kept.substring(HANDOVER.length())), true)
                : new LibraryRoot(Path.of(kept), false);
    }

    String text() {
        return (handover ? HANDOVER : "") + path;
    }
}
