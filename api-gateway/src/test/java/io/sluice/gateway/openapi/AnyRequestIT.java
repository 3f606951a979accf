package io.sluice.gateway.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.contract.ingest.v1.AssetState;
import io.sluice.gateway.openapi.RandomRequests.Asked;
import io.sluice.gateway.openapi.RandomRequests.Operation;
import io.sluice.gateway.world.Bundles;
import io.sluice.gateway.world.GatewayInfra;
import io.sluice.gateway.world.ImportScene;
import io.sluice.gateway.world.Rest;
import io.sluice.gateway.world.VideoScene;
import io.sluice.gateway.world.World;
import io.sluice.testsupport.SluiceInfra;

/**
 * 20,000 requests made at random from the OpenAPI document: none ends in a 5xx, none in a status that the document does not
 * tell of, none takes long, and what is refused is refused with a problem. {@code -Dsluice.seed=N} asks others.
 */
@QuarkusTest
@WithTestResource(SluiceInfra.class)
@WithTestResource(GatewayInfra.class)
class AnyRequestIT {

    private static final int REQUESTS = 20_000;
    private static final int CALLERS = 4;
    private static final Duration LONGEST = Duration.ofSeconds(10);

    /** Commands are few for one caller: each gets a new key after this many. */
    private static final int REQUESTS_OF_A_KEY = 400;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    /** What was wrong, with the first request that showed it. */
    private final Map<String, String> wrong = new ConcurrentHashMap<>();

    @Test
    void isAnsweredAsTheDocumentTells() throws Exception {
        long seed = Long.getLong("sluice.seed", 20261121);
        JsonNode document = Rest.anonymous().get("/q/openapi?format=json").json();
        Map<String, List<String>> known = aWorld();
        List<Long> nanos = new ArrayList<>();
        try (ExecutorService callers = Executors.newFixedThreadPool(CALLERS)) {
            List<Future<List<Long>>> running = new ArrayList<>();
            for (int caller = 0; caller < CALLERS; caller++) {
                RandomRequests requests = new RandomRequests(document, known, new Random(seed + caller));
                running.add(callers.submit(() -> ask(requests, REQUESTS / CALLERS)));
            }
            for (Future<List<Long>> one : running) {
                nanos.addAll(one.get());
            }
        }
        assertThat(wrong).as("seed " + seed).isEmpty();
        assertThat(nanos).hasSize(REQUESTS);
        assertThat(nanos).allMatch(each -> each < LONGEST.toNanos());
    }

    private List<Long> ask(RandomRequests requests, int count) throws InterruptedException {
        List<Long> nanos = new ArrayList<>();
        String key = "";
        for (int i = 0; i < count; i++) {
            if (i % REQUESTS_OF_A_KEY == 0) {
                key = Rest.withKey(World.bootstrapKey())
                        .post(
                                "/api/v1/api-keys",
                                "{\"name\":\"any %d\",\"role\":\"admin\"}".formatted(System.nanoTime()))
                        .json()
                        .get("key")
                        .asText();
            }
            Asked asked = requests.next();
            long start = System.nanoTime();
            judge(asked, key);
            nanos.add(System.nanoTime() - start);
        }
        return nanos;
    }

    private void judge(Asked asked, String key) throws InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(Rest.url() + asked.path()))
                .timeout(LONGEST)
                .method(
                        asked.operation().method(),
                        asked.body() == null ? BodyPublishers.noBody() : BodyPublishers.ofString(asked.body()))
                .header("Authorization", "Bearer " + key);
        asked.headers().forEach(request::header);
        // A stream of events has no end: its head is the answer.
        try {
            HttpResponse<InputStream> answer = http.send(request.build(), BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                boolean endless = asked.operation().streams() && answer.statusCode() == 200;
                judge(asked, answer, endless ? "" : new String(body.readAllBytes(), StandardCharsets.UTF_8));
            }
        } catch (IOException broken) {
            wrong.putIfAbsent(asked.operation().name() + " breaks off", broken + ": " + cut(asked.toString()));
        }
    }

    private void judge(Asked asked, HttpResponse<InputStream> answer, String body) {
        Operation operation = asked.operation();
        int status = answer.statusCode();
        String seen = operation.name() + " answers " + status;
        String to = cut(body) + " to " + cut(asked.path()) + " with " + cut(String.valueOf(asked.body()));
        if (status >= 500 && !isMadeOnceMore(asked, answer)) {
            wrong.putIfAbsent(seen, to);
        } else if (!operation.told().path("responses").has(Integer.toString(status))) {
            wrong.putIfAbsent(seen + ", which is not documented", to);
        } else if (status >= 400
                && !operation.method().equals("HEAD")
                && !(answer.headers().firstValue("Content-Type").orElse("").startsWith("application/problem+json")
                        && body.contains("\"code\":"))) {
            wrong.putIfAbsent(seen + " without a problem", to);
        }
    }

    /** A stream that a random redo has begun anew is asked for again when Retry-After says. */
    private static boolean isMadeOnceMore(Asked asked, HttpResponse<InputStream> answer) {
        return asked.operation().path().endsWith("/hls/{path}")
                && answer.statusCode() == 503
                && answer.headers().firstValue("Retry-After").isPresent();
    }

    private static Map<String, List<String>> aWorld() {
        World world = World.empty();
        ImportScene.bundles(world);
        AssetState picture = world.picture(3, Instant.parse("2024-07-14T12:00:00Z"));
        AssetState video = new VideoScene(world).ready("clip.mp4", Instant.parse("2024-07-15T12:00:00Z"));
        Map<String, List<String>> known = new HashMap<>();
        known.put("content_hash", List.of(World.hex(picture), World.hex(video)));
        known.put("rendition", List.of("thumbnail", "thumbnail@1", "poster", "preview@1"));
        known.put("name", List.of("thumbnail", "hls"));
        known.put("path", List.of("playlist.m3u8", "init.mp4", "seg_00000.m4s"));
        known.put("sync_id", List.of(Bundles.REFERENCE, Bundles.SECOND, Bundles.WAITING, Bundles.BROKEN));
        known.put("library", List.of(World.PICTURES, "Pictures"));
        known.put("id", List.of(World.PICTURES, World.CLOUD));
        known.put("service", List.of("scanner", "ingest", "media"));
        known.put("work_class", List.of("hash", "image", "video"));
        return known;
    }

    private static String cut(String text) {
        return text.length() > 200 ? text.substring(0, 200) + "…" : text;
    }
}
