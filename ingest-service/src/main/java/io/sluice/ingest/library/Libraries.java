package io.sluice.ingest.library;

import java.util.Collection;
import java.util.List;
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

    void learn(Handle tx, Collection<LibraryState> states) {
        // Every column asks for the version of before, so the version itself is assigned last.
        PreparedBatch batch = tx.prepareBatch("""
                INSERT INTO library (library_id, version, name, mount, sub_path, health, health_reason)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                ON DUPLICATE KEY UPDATE
                    name = IF(VALUES(version) > version, VALUES(name), name),
                    mount = IF(VALUES(version) > version, VALUES(mount), mount),
                    sub_path = IF(VALUES(version) > version, VALUES(sub_path), sub_path),
                    health = IF(VALUES(version) > version, VALUES(health), health),
                    health_reason = IF(VALUES(version) > version, VALUES(health_reason), health_reason),
                    learned_at = IF(VALUES(version) > version, NOW(6), learned_at),
                    version = GREATEST(version, VALUES(version))""");
        for (LibraryState state : states) {
            String reason = state.getHealth().getReason();
            batch.add(
                    state.getLibraryId(),
                    state.getVersion(),
                    state.getName(),
                    state.getMount(),
                    state.getSubPath().toByteArray(),
                    Library.Health.of(state.getHealth().getState()).stored(),
                    reason.substring(0, Math.min(1000, reason.length())));
        }
        batch.execute();
    }

    /** All that are known, by id; there are few. */
    public Map<String, Library> all(Handle handle) {
        return list(handle).stream().collect(Collectors.toMap(Library::libraryId, Function.identity()));
    }

    private static List<Library> list(Handle handle) {
        return handle.createQuery(
                        "SELECT library_id, name, mount, sub_path, health, health_reason FROM library ORDER BY name")
                .map((row, context) -> new Library(
                        row.getString("library_id"),
                        row.getString("name"),
                        row.getString("mount"),
                        row.getBytes("sub_path"),
                        Library.Health.ofStored(row.getString("health")),
                        row.getString("health_reason")))
                .list();
    }
}
