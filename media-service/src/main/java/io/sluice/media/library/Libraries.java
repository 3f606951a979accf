package io.sluice.media.library;

import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import jakarta.enterprise.context.ApplicationScoped;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

import io.sluice.contract.scanner.v1.LibraryState;

/** The table of libraries; the newest version told wins, in whatever order they come. */
@ApplicationScoped
public class Libraries {

    private static final int LONGEST_REASON = 1000;

    void learn(Handle tx, Collection<LibraryState> states) {
        // Every column asks for the version of before, so the version itself is assigned last.
        try (PreparedBatch batch = tx.prepareBatch("""
                INSERT INTO library (library_id, version, name, mount, sub_path, health, reason)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                ON DUPLICATE KEY UPDATE
                    name = IF(VALUES(version) > version, VALUES(name), name),
                    mount = IF(VALUES(version) > version, VALUES(mount), mount),
                    sub_path = IF(VALUES(version) > version, VALUES(sub_path), sub_path),
                    health = IF(VALUES(version) > version, VALUES(health), health),
                    reason = IF(VALUES(version) > version, VALUES(reason), reason),
                    version = GREATEST(version, VALUES(version))""")) {
            states.stream()
                    .sorted(Comparator.comparing(LibraryState::getLibraryId))
                    .forEach(state -> {
                        String reason = state.getHealth().getReason();
                        batch.add(
                                state.getLibraryId(),
                                state.getVersion(),
                                state.getName(),
                                state.getMount(),
                                state.getSubPath().toByteArray(),
                                Library.Health.of(state.getHealth().getState()).stored(),
                                reason.substring(0, Math.min(LONGEST_REASON, reason.length())));
                    });
            batch.execute();
        }
    }

    void forget(Handle tx, Collection<String> libraryIds) {
        if (!libraryIds.isEmpty()) {
            tx.createUpdate("DELETE FROM library WHERE library_id IN (<ids>)")
                    .bindList("ids", libraryIds.stream().sorted().toList())
                    .execute();
        }
    }

    /** All that are known, by id; there are few. */
    public Map<String, Library> all(Handle handle) {
        return handle
                .createQuery("SELECT library_id, name, mount, sub_path, health, reason FROM library")
                .map((row, context) -> new Library(
                        row.getString("library_id"),
                        row.getString("name"),
                        row.getString("mount"),
                        row.getBytes("sub_path"),
                        Library.Health.ofStored(row.getString("health")),
                        row.getString("reason")))
                .list()
                .stream()
                .collect(Collectors.toMap(Library::libraryId, Function.identity()));
    }
}
