package io.sluice.scanner.library;

/** What the probe must know of the inventory. */
public interface KnownFiles {

    /** Whether any file of the library is held to be present. An error is an answer too: it is not known. */
    boolean anyPresent(LibraryId library);
}
