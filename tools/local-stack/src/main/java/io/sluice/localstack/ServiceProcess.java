package io.sluice.localstack;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

import org.jspecify.annotations.Nullable;

import io.sluice.localstack.process.BoundProcess;

/**
 * One instance of a service as a JVM of its own. Its name is stable ({@code ingest-0}), so that a new process in its
 * place has its leases and partitions at once. Nobody restarts it by itself: a service that dies is to be seen.
 */
public final class ServiceProcess {

    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    private final String name;
    private final List<String> command;
    private final int port;
    private final Map<String, String> settings;
    private final StackFolder folder;
    private final Runnable onChange;
    private @Nullable BoundProcess process;

    ServiceProcess(
            String name,
            List<String> command,
            int port,
            Map<String, String> settings,
            StackFolder folder,
            Runnable onChange) {
        this.name = name;
        this.command = command;
        this.port = port;
        this.settings = settings;
        this.folder = folder;
        this.onChange = onChange;
    }

    /** Service and number, e.g. {@code media-0}. */
    public String name() {
        return name;
    }

    /** Where it listens on 127.0.0.1, for HTTP and gRPC. */
    public int port() {
        return port;
    }

    /** {@code http://127.0.0.1:port}. */
    public String url() {
        return "http://127.0.0.1:" + port;
    }

    public Path log() {
        return folder.log(name);
    }

    /** Its process id. */
    public long pid() {
        return running().pid();
    }

    /** When it was started. */
    public Instant since() {
        return running().since();
    }

    boolean wasStarted() {
        return process != null;
    }

    /** Whether its process runs. */
    public boolean isAlive() {
        return process != null && process.isAlive();
    }

    /** Starts it, and returns before it is ready. Does nothing when it runs. */
    public synchronized void start() {
        if (isAlive()) {
            return;
        }
        Path directory = folder.run(name);
        writeSettings(directory);
        process =
                BoundProcess.start(new BoundProcess.Command(name, command, directory, log(), directory.resolve("pid")));
        onChange.run();
    }

    /** SIGKILL. */
    public synchronized void kill() {
        running().kill();
        onChange.run();
    }

    /** SIGTERM, and waits for its clean end. Does nothing when it does not run. */
    public void stop() {
        stop(STOP_LIMIT);
    }

    /** As {@link #stop()}; killed after the limit. */
    public synchronized void stop(Duration limit) {
        if (process != null) {
            process.stop(limit);
            onChange.run();
        }
    }

    /** Waits for its readiness; throws with the end of its log when it dies or takes longer. */
    public void awaitReady(Duration limit) {
        Await.ready(running(), limit, this::isReady);
    }

    /** What its readiness says now. */
    public boolean isReady() {
        return isReady(port);
    }

    static boolean isReady(int port) {
        try {
            HttpRequest ask = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/q/health/ready"))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            return HTTP.send(ask, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted while asking for readiness", e);
        }
    }

    /** How it ended, with the end of its log; empty while it runs or before its start. */
    Optional<String> obituary() {
        try {
            if (process != null) {
                process.ensureAlive();
            }
            return Optional.empty();
        } catch (StackException ended) {
            return Optional.ofNullable(ended.getMessage());
        }
    }

    private BoundProcess running() {
        BoundProcess current = process;
        if (current == null) {
            throw new IllegalStateException(name + " was never started");
        }
        return current;
    }

    /** As a file of its own and not as arguments: those can be read by everybody on the machine. */
    private void writeSettings(Path directory) {
        Properties properties = new Properties();
        // An expression to the configuration; a path may hold anything.
        settings.forEach((key, value) -> properties.setProperty(key, value.replace("${", "\\${")));
        try (StringWriter text = new StringWriter()) {
            properties.store(text, "Written at every start of the local stack");
            Files.createDirectories(directory.resolve("config"));
            StackFolder.writePrivately(directory.resolve("config/application.properties"), text.toString());
        } catch (IOException e) {
            throw new StackException("Cannot write the settings of " + name + ": " + e, e);
        }
    }
}
