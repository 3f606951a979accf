package io.sluice.scanner.library;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import jakarta.inject.Singleton;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

import com.fasterxml.uuid.Generators;

import io.sluice.scanner.walk.RawPath;

/** The libraries' rows. Whoever changes one calls {@link TellLibrary} in the same transaction. */
@Singleton
public class LibraryRepository {

    private static final int REASON_LENGTH = 1000;

    private static final String COLUMNS =
            "id, name, mount, sub_path, kind, mode, configured, enabled, excluded_dirs, health, health_reason,"
                    + " health_since, present_files, absent_files";

    private static final RowMapper<Library> LIBRARY = (row, context) -> library(row);

    /** By name. */
    public List<Library> all(Handle handle) {
        return handle.createQuery("SELECT " + COLUMNS + " FROM library ORDER BY name")
                .map(LIBRARY)
                .list();
    }

    public Optional<Library> find(Handle handle, LibraryId id) {
        return handle.createQuery("SELECT " + COLUMNS + " FROM library WHERE id = ?")
                .bind(0, id.toString())
                .map(LIBRARY)
                .findOne();
    }

    /** Makes the row on the first sight of the name, else brings it up to what is configured. */
    Library register(Handle tx, ConfiguredLibrary configured) {
        tx.createUpdate(
                        "INSERT INTO library (id, name, mount, sub_path, kind, mode, configured, enabled, excluded_dirs,"
                                + " health, health_reason, health_since)"
                                + " VALUES (:id, :name, :mount, :subPath, :kind, :mode, TRUE, :enabled, :excluded,"
                                + " 'stale', 'It was not looked at yet.', NOW(6))"
                                + " ON DUPLICATE KEY UPDATE mount = VALUES(mount), sub_path = VALUES(sub_path),"
                                + " kind = VALUES(kind), mode = VALUES(mode), configured = TRUE,"
                                + " enabled = VALUES(enabled), excluded_dirs = VALUES(excluded_dirs)")
                .bind("id", Generators.timeBasedEpochGenerator().generate().toString())
                .bind("name", configured.name())
                .bind("mount", configured.mount())
                .bind("subPath", configured.subPath().bytes())
                .bind("kind", configured.kind().name().toLowerCase(Locale.ROOT))
                .bind("mode", configured.mode().name().toLowerCase(Locale.ROOT))
                .bind("enabled", configured.enabled())
                .bind("excluded", String.join("\n", configured.excludedDirs()))
                .execute();
        return tx.createQuery("SELECT " + COLUMNS + " FROM library WHERE name = ?")
                .bind(0, configured.name())
                .map(LIBRARY)
                .one();
    }

    /** Marks every row whose name is no longer configured. */
    void forgetOthers(Handle tx, Set<String> configuredNames) {
        for (Library library : all(tx)) {
            if (!configuredNames.contains(library.name())) {
                tx.execute(
                        "UPDATE library SET configured = FALSE, enabled = FALSE WHERE id = ?",
                        library.id().toString());
            }
        }
    }

    /** Its {@code since} moves when the state does, not with the reason. */
    public void setHealth(Handle tx, LibraryId id, Health health) {
        String reason = health.why();
        tx.createUpdate("UPDATE library SET health_since = IF(health = :health, health_since, NOW(6)),"
                        + " health = :health, health_reason = :reason WHERE id = :id")
                .bind("health", health.word())
                .bind("reason", reason.length() > REASON_LENGTH ? reason.substring(0, REASON_LENGTH) : reason)
                .bind("id", id.toString())
                .execute();
    }

    private static Library library(ResultSet row) throws SQLException {
        return new Library(
                new LibraryId(UUID.fromString(row.getString("id"))),
                row.getString("name"),
                row.getString("mount"),
                RawPath.of(row.getBytes("sub_path")),
                LibraryKind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                LibraryMode.valueOf(row.getString("mode").toUpperCase(Locale.ROOT)),
                row.getBoolean("configured"),
                row.getBoolean("enabled"),
                row.getString("excluded_dirs").lines().toList(),
                Health.of(row.getString("health"), row.getString("health_reason")),
                row.getObject("health_since", LocalDateTime.class).toInstant(ZoneOffset.UTC),
                row.getLong("present_files"),
                row.getLong("absent_files"));
    }
}
