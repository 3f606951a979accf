package io.sluice.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.sluice.localstack.EmbeddedKafka;
import io.sluice.localstack.EmbeddedMariaDb;

/**
 * The one broker and the one database of this JVM. Quarkus loads tests and resources again with every new class loader,
 * so a static field of this class would not do: what is shared hangs on {@link JvmWide} as the system class loader knows
 * it, in types of the JDK only. (System properties would be no place: Narayana, in every service's start, takes each of
 * them for text.)
 */
final class SharedServers {

    private final Map<String, Object> shared;

    private SharedServers(Map<String, Object> shared) {
        this.shared = shared;
    }

    /** Starts both when this JVM has none yet. They end with the JVM. */
    static SharedServers get() {
        Map<String, Object> shared = JvmWide.values();
        synchronized (shared) {
            if (shared.isEmpty()) {
                shared.putAll(start());
            }
            return new SharedServers(shared);
        }
    }

    String bootstrapServers() {
        return part(String.class, "kafka");
    }

    /** The address of a schema; its name replaces {@code {schema}}. */
    String jdbcUrl(String schema) {
        return part(String.class, "url").replace("{schema}", schema);
    }

    String username() {
        return part(String.class, "username");
    }

    String password() {
        return part(String.class, "password");
    }

    String ingestUsername() {
        return part(String.class, "ingest");
    }

    /** Where ingest's user comes from, as the database sees it. */
    String ingestHost() {
        return part(String.class, "ingest.host");
    }

    /** 1, 2, 3 … over all class loaders. */
    int next() {
        return part(AtomicInteger.class, "counter").incrementAndGet();
    }

    /** Does what is named {@code broker.kill}, {@code database.restart} … */
    void control(String name) {
        part(Runnable.class, name).run();
    }

    private <T> T part(Class<T> type, String name) {
        return type.cast(Objects.requireNonNull(shared.get(name), name));
    }

    /** Processes of this machine, unless {@code -Dsluice.servers=containers} wants an engine to run them. */
    private static Map<String, Object> start() {
        String kind = System.getProperty("sluice.servers", "processes");
        Map<String, Object> shared =
                switch (kind) {
                    case "processes" -> processes();
                    case "containers" -> ContainerServers.start();
                    default ->
                        throw new IllegalArgumentException(
                                "-Dsluice.servers is processes (the default) or containers, not " + kind);
                };
        shared.put("counter", new AtomicInteger());
        return shared;
    }

    private static Map<String, Object> processes() {
        Path dir = Path.of("target", "sluice-infra").toAbsolutePath();
        delete(dir);
        EmbeddedMariaDb database = EmbeddedMariaDb.start(dir.resolve("mariadb"), 0);
        EmbeddedKafka broker = EmbeddedKafka.start(dir.resolve("kafka"), 0);
        Map<String, Object> shared = new ConcurrentHashMap<>();
        shared.put("kafka", broker.bootstrapServers());
        shared.put("url", database.jdbcUrl("{schema}"));
        shared.put("username", database.username());
        shared.put("password", database.password());
        shared.put("ingest", database.ingestUsername());
        shared.put("ingest.host", "127.0.0.1");
        shared.put("broker.kill", (Runnable) broker::kill);
        shared.put("broker.restart", (Runnable) broker::restart);
        shared.put("database.kill", (Runnable) database::kill);
        shared.put("database.restart", (Runnable) database::restart);
        return shared;
    }

    private static void delete(Path dir) {
        if (Files.notExists(dir)) {
            return;
        }
        try (Stream<Path> walk = Files.walk(dir)) {
            List<Path> deepestFirst = walk.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot clear " + dir, e);
        }
    }
}
