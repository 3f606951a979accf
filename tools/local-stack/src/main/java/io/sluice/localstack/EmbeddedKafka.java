package io.sluice.localstack;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

import io.sluice.localstack.process.BoundProcess;
import io.sluice.localstack.process.Ports;

/**
 * A Kafka broker (KRaft, one node that is also its controller) in a JVM of its own with a class path of its own. Its
 * data lies in one folder and survives {@link #kill} and restarts.
 */
public final class EmbeddedKafka implements AutoCloseable {

    /** A start takes 2 s on a quiet machine, 6 s after a kill (the old session must run out). */
    private static final Duration START_LIMIT = Duration.ofSeconds(90);

    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

    private final KafkaFolder folder;
    private final int port;
    private BoundProcess process;

    private EmbeddedKafka(KafkaFolder folder, int port) {
        this.folder = folder;
        this.port = port;
        this.process = startProcess();
    }

    /**
     * Starts the broker and waits until it serves.
     *
     * @param dir its folder; made when missing, its data is used when there
     * @param port on 127.0.0.1; 0 chooses a free one
     */
    public static EmbeddedKafka start(Path dir, int port) {
        return start(dir, port, dir.resolve("kafka.log"));
    }

    /** As {@link #start(Path, int)}, with its log elsewhere. */
    public static EmbeddedKafka start(Path dir, int port, Path log) {
        if (port != 0 && !Ports.isFree(port)) {
            throw new StackException(
                    "Port " + port + " for Kafka is taken by another program. Stop that, or use another.");
        }
        return new EmbeddedKafka(
                new KafkaFolder(dir.toAbsolutePath(), log.toAbsolutePath()), port == 0 ? Ports.free() : port);
    }

    /** {@code 127.0.0.1:port}, the same over all restarts of this object. */
    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    public int port() {
        return port;
    }

    /** The running process. */
    public BoundProcess process() {
        return process;
    }

    /** SIGKILL. The data stays; {@link #restart} goes on with it. */
    public void kill() {
        process.kill();
    }

    /** Starts again on the same port and data; stops first when still running. */
    public void restart() {
        process.stop(STOP_LIMIT);
        process = startProcess();
    }

    /** A clean stop. The data stays. */
    @Override
    public void close() {
        process.stop(STOP_LIMIT);
    }

    private BoundProcess startProcess() {
        folder.prepare(port);
        BoundProcess started = folder.run();
        try {
            Await.ready(started, START_LIMIT, () -> Ports.answers(port) && hasBroker());
        } catch (RuntimeException e) {
            started.kill();
            throw e;
        }
        return started;
    }

    private boolean hasBroker() {
        try (Admin admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers(),
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 2000,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 1000))) {
            return !admin.describeCluster().nodes().get(2, TimeUnit.SECONDS).isEmpty();
        } catch (ExecutionException | TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted while Kafka starts", e);
        }
    }
}
