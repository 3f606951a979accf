package io.sluice.localstack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.sluice.localstack.process.Ports;

/**
 * What the launcher writes down about a process, so that {@code status} can ask after it from outside.
 *
 * @param kind {@code kafka}, {@code mariadb} or {@code service}
 */
public record ProcessRecord(String name, String kind, long pid, int port, String since) {

    private static final JsonMapper JSON = new JsonMapper();

    /** How long the process table and our clock may differ about a start. */
    private static final Duration START_TOLERANCE = Duration.ofSeconds(5);

    /** How a process is. */
    public enum State {
        READY,
        NOT_READY,
        ENDED;

        /** As it is printed. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Looks at the process, and asks a service for its readiness. */
    public State state() {
        boolean runs = ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .flatMap(handle -> handle.info().startInstant())
                .filter(start ->
                        Duration.between(start, Instant.parse(since)).abs().compareTo(START_TOLERANCE) < 0)
                .isPresent();
        if (!runs) {
            return State.ENDED;
        }
        boolean ready = kind.equals("service") ? ServiceProcess.isReady(port) : Ports.answers(port);
        return ready ? State.READY : State.NOT_READY;
    }

    static ProcessRecord of(String name, String kind, long pid, int port, Instant since) {
        return new ProcessRecord(
                name, kind, pid, port, since.truncatedTo(ChronoUnit.SECONDS).toString());
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
