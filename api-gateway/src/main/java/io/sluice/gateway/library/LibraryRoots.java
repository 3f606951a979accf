package io.sluice.gateway.library;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.contract.scanner.v1.LibraryState;

/** What the library topic says now: the newest state of every library. Safe for all threads. */
@ApplicationScoped
public class LibraryRoots {

    private final Map<String, LibraryState> byId = new ConcurrentHashMap<>();
    private volatile boolean caughtUp;

    /** The library of that id. */
    public Optional<LibraryState> withId(String libraryId) {
        return Optional.ofNullable(byId.get(libraryId));
    }

    /** The library of that id or, failing that, of that name. */
    public Optional<LibraryState> named(String idOrName) {
        return withId(idOrName).or(() -> byId.values().stream()
                .filter(library -> library.getName().equals(idOrName))
                .findFirst());
    }

    /**
     * The id of the library of that id or name.
     *
     * @throws CodedException {@code INVALID_REQUEST} when there is none, naming the parameter "library";
     *     {@code SERVICE_UNAVAILABLE} while the libraries are not known yet
     */
    public String idOf(String idOrName) {
        return named(idOrName)
                .orElseThrow(
                        () -> caughtUp
                                ? new CodedException(
                                        ErrorCode.INVALID_REQUEST,
                                        "library: No library has this id or name; GET /api/v1/libraries lists them.")
                                : new CodedException(
                                        ErrorCode.SERVICE_UNAVAILABLE,
                                        "The gateway has just started and does not know the libraries yet. Try again in some seconds."))
                .getLibraryId();
    }

    /** All libraries, in no order. */
    public Collection<LibraryState> all() {
        return List.copyOf(byId.values());
    }

    /** Whether everything that stood in the topic at the start of this process was read. */
    public boolean caughtUp() {
        return caughtUp;
    }

    /** A record without a value means that the library is gone; an older version than the known one changes nothing. */
    void apply(String libraryId, @Nullable LibraryState state) {
        if (state == null) {
            byId.remove(libraryId);
            return;
        }
        byId.merge(libraryId, state, (known, told) -> told.getVersion() > known.getVersion() ? told : known);
    }

    void markCaughtUp() {
        caughtUp = true;
    }
}
