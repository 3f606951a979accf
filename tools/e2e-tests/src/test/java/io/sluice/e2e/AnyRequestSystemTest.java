package io.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;

import io.sluice.localstack.LocalStack;
import io.sluice.localstack.demo.BundleWriter;
import io.sluice.localstack.demo.WrittenBundle;
import io.sluice.testsupport.request.AskAtRandom;

/** With all services: whatever an administrator sends is answered as the contract tells, and work goes on after it. */
class AnyRequestSystemTest {

    private static final int REQUESTS = 2_000;
    private static final int FILES = 12;
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Map<String, List<String>> CLASSES =
            Map.of("ingest", List.of("hash"), "media", List.of("image", "video"));

    @TempDir
    Path folder;

    @Test
    void noneEndsInAnErrorOfOursAndNothingIsLost() throws Exception {
        long seed = Long.getLong("sluice.seed", 20261121);
        Path pictures = Files.createDirectories(folder.resolve("pictures"));
        Path mount = Files.createDirectories(folder.resolve("handover"));
        Pictures writer = new Pictures(pictures, seed);
        writer.write(FILES);
        try (LocalStack stack = LocalStack.builder(folder.resolve("stack"))
                .library("pictures", pictures)
                .handover("upstream", mount)
                .setting("scanner", "sluice.scan.quick-interval", "1s")
                .start()) {
            SluiceClient client = new SluiceClient(stack.gatewayUrl(), stack.operatorKey());
            Settled.with(FILES, client, PATIENCE);
            WrittenBundle bundle = BundleWriter.of(UUID.randomUUID()).photos(3).write(mount);
            new Batch(client, bundle.syncId()).awaitState("discovered");
            Map<String, Long> processes = processes(stack);

            AskAtRandom asking = new AskAtRandom(
                    stack.gatewayUrl(), client.get("/q/openapi?format=json"), known(client, bundle), () -> key(client));
            int nasty = asking.askNastily(seed);
            asking.ask(REQUESTS, seed);
            assertThat(asking.wrong()).as("seed " + seed).isEmpty();
            assertThat(asking.answered()).isEqualTo(nasty + REQUESTS);
            assertThat(processes(stack)).as("no service died").isEqualTo(processes);

            CLASSES.forEach((service, classes) -> classes.forEach(each -> client.resume(service, each)));
            Files.write(pictures.resolve("afterwards.jpg"), writer.jpeg());
            Awaitility.await("a picture that comes afterwards is found and shown")
                    .atMost(PATIENCE)
                    .ignoreExceptionsInstanceOf(RuntimeException.class)
                    .until(() -> isShown(client, "afterwards"));
        }
    }

    private static boolean isShown(SluiceClient client, String name) {
        JsonNode hits = client.get("/api/v1/search?q=" + name).get("items");
        return hits.size() == 1
                && client.bytes("/api/v1/assets/" + hits.at("/0/content_hash").asText() + "/renditions/thumbnail")
                                .statusCode()
                        == 200;
    }

    private static String key(SluiceClient client) {
        return client.post("/api/v1/api-keys", "{\"name\":\"any %d\",\"role\":\"admin\"}".formatted(System.nanoTime()))
                .get("key")
                .asText();
    }

    private static Map<String, List<String>> known(SluiceClient client, WrittenBundle bundle) {
        Map<String, List<String>> known = new HashMap<>();
        known.put("content_hash", texts(client.assets(), "content_hash"));
        known.put("id", texts(client.libraries(), "id"));
        known.put("library", texts(client.libraries(), "id"));
        known.put("sync_id", List.of(bundle.syncId().toString()));
        known.put("rendition", List.of("thumbnail", "thumbnail@1", "poster", "preview@1"));
        known.put("name", List.of("thumbnail", "preview"));
        known.put("path", List.of("playlist.m3u8", "init.mp4"));
        known.put("service", List.of("scanner", "ingest", "media"));
        known.put("work_class", CLASSES.values().stream().flatMap(List::stream).toList());
        return known;
    }

    private static List<String> texts(List<JsonNode> of, String field) {
        return of.stream().map(each -> each.get(field).asText()).toList();
    }

    private static Map<String, Long> processes(LocalStack stack) {
        return List.of("scanner", "ingest", "media", "search", "gateway").stream()
                .collect(Collectors.toMap(
                        name -> name, name -> stack.service(name).pid()));
    }
}
