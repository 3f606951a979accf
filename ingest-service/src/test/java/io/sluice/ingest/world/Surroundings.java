package io.sluice.ingest.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.sluice.contract.Topics;
import io.sluice.localstack.process.Ports;
import io.sluice.testsupport.SluiceInfra;

/**
 * A mount named {@code it} under target/, the topics that the scanner makes, and a port on which a test may stand in
 * for it.
 */
public final class Surroundings implements QuarkusTestResourceLifecycleManager {

    static final String MOUNT = "it";

    @Override
    public int order() {
        return 10; // behind SluiceInfra, which empties the broker
    }

    @Override
    public Map<String, String> start() {
        SluiceInfra.topics().create(Topics.SCANNER_LIBRARY, Topics.SCANNER_FILE);
        try {
            Files.createDirectories(mount());
            String scanner = Integer.toString(Ports.free());
            return Map.of(
                    "sluice.mounts.\"" + MOUNT + "\"",
                    mount().toString(),
                    "quarkus.grpc.clients.scanner.host",
                    "127.0.0.1",
                    "quarkus.grpc.clients.scanner.port",
                    scanner,
                    // A test's clients ask the application itself unless told otherwise.
                    "quarkus.grpc.clients.scanner.test-port",
                    scanner);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {}

    static Path mount() {
        return Path.of("target", "it-mount").toAbsolutePath();
    }
}
