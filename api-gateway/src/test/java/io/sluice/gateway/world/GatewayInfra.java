package io.sluice.gateway.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

/** Ports for the services behind the gateway, a mount, a rendition store and a bootstrap key; the services themselves are {@link World}'s. */
public final class GatewayInfra implements QuarkusTestResourceLifecycleManager {

    static final String HOME = "io.sluice.gateway.test.home";
    static final String BOOTSTRAP_KEY = "bootstrap-key-of-the-tests-0123456789abcdef";

    @Override
    public Map<String, String> start() {
        try {
            Path home = Files.createTempDirectory("sluice-gateway");
            System.setProperty(HOME, home.toString());
            Path mount = Files.createDirectories(home.resolve("mount"));
            Path store = Files.createDirectories(home.resolve("store"));
            Path key = Files.writeString(home.resolve("operator.key"), BOOTSTRAP_KEY + "\n");
            Map<String, String> settings = new HashMap<>(Map.of(
                    "sluice.mounts.\"home\"", mount.toString(),
                    "sluice.store.path", store.toString(),
                    "sluice.gateway.bootstrap-key-file", key.toString(),
                    "sluice.gateway.upstream.deadline", "2s",
                    "sluice.gateway.events.heartbeat", "1s",
                    "sluice.gateway.events.queue", "40",
                    "sluice.gateway.events.clients", "5",
                    "sluice.gateway.login.failures-per-minute", "5"));
            // All tests read with one key, and faster than any person; commands are few, so that a test can be too
            // greedy.
            settings.putAll(Map.of(
                    "sluice.rate-limit.requests-per-second", "5000",
                    "sluice.rate-limit.burst", "20000",
                    "sluice.rate-limit.commands-per-second", "20",
                    "sluice.rate-limit.command-burst", "200"));
            for (String service : List.of("scanner", "ingest", "media", "search")) {
                settings.put("quarkus.grpc.clients." + service + ".host", "127.0.0.1");
                // In tests Quarkus takes this setting for its own port, and the other one for the address.
                settings.put("quarkus.grpc.clients." + service + ".test-port", Integer.toString(freePort()));
            }
            return settings;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {}

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
