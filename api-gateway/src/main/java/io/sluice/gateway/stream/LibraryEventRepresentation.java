package io.sluice.gateway.stream;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import io.sluice.contract.scanner.v1.LibraryState;
import io.sluice.gateway.library.LibraryRepresentation;

/**
 * How a library is now.
 *
 * @param health null when the library is gone
 */
@Schema(description = "Data of an event named library: how a library is now; health is null when it is gone")
record LibraryEventRepresentation(String id, String name, LibraryRepresentation.@Nullable Health health) {

    static LibraryEventRepresentation of(LibraryState state) {
        return new LibraryEventRepresentation(
                state.getLibraryId(), state.getName(), LibraryRepresentation.Health.of(state.getHealth()));
    }

    static LibraryEventRepresentation gone(LibraryState last) {
        return new LibraryEventRepresentation(last.getLibraryId(), last.getName(), null);
    }
}
