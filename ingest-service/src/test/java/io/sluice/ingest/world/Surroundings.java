package io.sluice.ingest.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

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
        SluiceInfra.topics().create(Topics.SCANNER_LIBRARY, Topics.SCANNER_FILE, Topics.SCANNER_SENTINEL);
        try {
            Files.createDirectories(mount());
            String scanner = Integer.toString(Ports.free());
            Map<String, String> settings = new TreeMap<>(SluiceInfra.ledgerSettings());
            settings.put("sluice.mounts.\"" + MOUNT + "\"", mount().toString());
            settings.put("quarkus.grpc.clients.scanner.host", "127.0.0.1");
            settings.put("quarkus.grpc.clients.scanner.port", scanner);
            // A test's clients ask the application itself unless told otherwise.
            settings.put("quarkus.grpc.clients.scanner.test-port", scanner);
            return settings;
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
