package io.sluice.e2e.nemesis;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.sluice.localstack.ServiceProcess;

/** Clients that ask all the time, and ask once more when a gateway is gone or says that it cannot now. */
final class ApiLoad implements AutoCloseable {

    private static final int CLIENTS = 4;
    private static final Duration ANSWERED = Duration.ofSeconds(20);

    /** What a client waits that is told to come back without being told when; Retry-After says one second too. */
    private static final long AGAIN_MILLIS = 1000;

    private static final JsonMapper JSON = new JsonMapper();

    private final List<ServiceProcess> gateways;
    private final String key;
    private final Set<ServiceProcess> out = ConcurrentHashMap.newKeySet();
    private final AtomicInteger turn = new AtomicInteger();
    private final AtomicInteger calls = new AtomicInteger();
    private final ConcurrentLinkedQueue<String> retried = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> failed = new ConcurrentLinkedQueue<>();
    private final List<Thread> clients = new ArrayList<>();
    private final List<String> hashes;
    private final List<String> libraries;
    private volatile boolean stopping;

    ApiLoad(List<ServiceProcess> gateways, String key, List<String> hashes, List<String> libraries) {
        this.gateways = gateways;
        this.key = key;
        this.hashes = hashes;
        this.libraries = libraries;
    }

    void start(long seed) {
        for (int i = 0; i < CLIENTS; i++) {
            Random random = new Random(seed + i);
            clients.add(Thread.ofPlatform().name("client").start(() -> ask(random)));
        }
    }

    /** Who balances the load sends nothing there any more. */
    void takeOut(ServiceProcess gateway) {
        out.add(gateway);
    }

    void takeIn(ServiceProcess gateway) {
        out.remove(gateway);
    }

    int calls() {
        return calls.get();
    }

    List<String> retried() {
        return List.copyOf(retried);
    }

    /** Calls that failed twice. */
    List<String> failed() {
        return List.copyOf(failed);
    }

    @Override
    public void close() {
        stopping = true;
        for (Thread client : clients) {
            try {
                client.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void ask(Random random) {
        try (HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .build()) {
            while (!stopping) {
                call(http, random.nextInt(10), random);
                Thread.sleep(100 + random.nextInt(100));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void call(HttpClient http, int kind, Random random) throws InterruptedException {
        String hash = hashes.get(random.nextInt(hashes.size()));
        String path =
                switch (kind) {
                    case 0, 1 -> "/api/v1/assets?limit=50";
                    case 2 -> "/api/v1/assets/" + hash;
                    case 3 -> "/api/v1/assets/" + hash + "/renditions/thumbnail";
                    case 4 -> "/api/v1/assets/" + hash + "/original";
                    case 5, 6 -> "/api/v1/search?q=jpg&limit=20";
                    case 7 -> "/api/v1/libraries";
                    case 8 -> "/api/v1/import/batches";
                    default -> "/api/v1/libraries/" + libraries.get(random.nextInt(libraries.size())) + "/scans";
                };
        calls.incrementAndGet();
        String first = answer(http, path);
        if (!first.isEmpty()) {
            retried.add(path + ": " + first);
            Thread.sleep(AGAIN_MILLIS);
            String second = answer(http, path);
            if (!second.isEmpty()) {
                failed.add(path + ": " + first + "; then " + second);
            }
        }
    }

    /** Empty when it was answered as it should be; else what came instead. */
    private String answer(HttpClient http, String path) throws InterruptedException {
        ServiceProcess gateway = next();
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(gateway.url() + path))
                .timeout(ANSWERED)
                .header("Authorization", "Bearer " + key);
        if (path.endsWith("/scans")) {
            request.header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString("{\"kind\":\"quick\"}"));
        }
        try {
            HttpResponse<byte[]> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() / 100 != 2) {
                return gateway.name() + " " + answer.statusCode() + " "
                        + new String(answer.body(), java.nio.charset.StandardCharsets.UTF_8);
            }
            // Parts that are missing, because a service did not answer, are told in a list of its own.
            if (!path.contains("/renditions/") && !path.endsWith("/original")) {
                JsonNode degraded = JSON.readTree(answer.body()).path("degraded");
                for (JsonNode part : degraded) {
                    if (!part.path("code").asText().equals("no_model")) {
                        return gateway.name() + " degraded " + part;
                    }
                }
            }
            return "";
        } catch (IOException e) {
            return gateway.name() + " " + e;
        }
    }

    private ServiceProcess next() {
        ServiceProcess gateway = gateways.get(Math.floorMod(turn.getAndIncrement(), gateways.size()));
        return out.contains(gateway) ? gateways.get(Math.floorMod(turn.getAndIncrement(), gateways.size())) : gateway;
    }
}
