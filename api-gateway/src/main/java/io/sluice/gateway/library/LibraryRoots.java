package io.sluice.gateway.library;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;

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
