package io.sluice.localstack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * What the launcher writes down about a process, so that {@code status} can ask after it from outside.
 *
 * @param kind {@code kafka}, {@code mariadb} or {@code service}
 */
public record ProcessRecord(String name, String kind, long pid, int port, String since) {

    private static final JsonMapper JSON = new JsonMapper();

    static ProcessRecord of(String name, String kind, long pid, int port, Instant since) {
        return new ProcessRecord(
                name,
                kind,
                pid,
                port,
                since.truncatedTo(java.time.temporal.ChronoUnit.SECONDS).toString());
    }

    static void write(Path file, List<ProcessRecord> records) {
        try {
            Path aside = file.resolveSibling(file.getFileName() + ".new");
            JSON.writerWithDefaultPrettyPrinter().writeValue(aside.toFile(), records);
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new StackException("Cannot write " + file + ": " + e, e);
        }
    }

    /** The records of a state folder; none when nothing was ever started there. */
    public static List<ProcessRecord> read(StackFolder folder) {
        if (Files.notExists(folder.processes())) {
            return List.of();
        }
        try {
            return JSON.readValue(folder.processes().toFile(), new TypeReference<List<ProcessRecord>>() {});
        } catch (IOException e) {
            throw new StackException("Cannot read " + folder.processes() + ": " + e, e);
        }
    }
}
