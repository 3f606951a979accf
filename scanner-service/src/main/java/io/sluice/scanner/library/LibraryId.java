package io.sluice.scanner.library;

import java.util.UUID;

/** Given once, at the first sight of the library's name (UUIDv7), and kept in its row. */
public record LibraryId(UUID value) {

    /** @throws IllegalArgumentException when it is no UUID */
    public static LibraryId of(String text) {
        return new LibraryId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
