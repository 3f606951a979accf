package io.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.sluice.e2e.TraceCollector.Told;
import io.sluice.localstack.LocalStack;
import io.sluice.localstack.StackBuilder;

/** With a collector named, a request and a picture can be followed through every service. */
class TracesSystemTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    @Test
    void aRequestAndAPictureAreFollowedThroughEveryService() throws Exception {
        Path pictures = Files.createDirectories(folder.resolve("pictures"));
        Pictures writer = new Pictures(pictures, 5);
        writer.write(4);
        try (TraceCollector collector = new TraceCollector()) {
            StackBuilder builder = LocalStack.builder(folder.resolve("stack"))
                    .library("pictures", pictures)
                    .setting("scanner", "sluice.scan.quick-interval", "1s");
            for (String service : List.of("scanner", "ingest", "media", "search", "gateway")) {
                builder.setting(service, "quarkus.otel.sdk.disabled", "false")
                        .setting(service, "quarkus.otel.exporter.otlp.endpoint", collector.endpoint())
                        .setting(service, "quarkus.otel.exporter.otlp.protocol", "http/protobuf")
                        .setting(service, "quarkus.otel.bsp.schedule.delay", "500ms");
            }
            try (LocalStack stack = builder.start()) {
                SluiceClient client = new SluiceClient(stack.gatewayUrl(), stack.operatorKey());
                Settled.with(4, client, PATIENCE);

                assertThat(askedWithin(TRACE, stack, "/api/v1/libraries")).isEqualTo(TRACE);
                awaitSpan(
                        collector,
                        span -> span.trace().equals(TRACE) && span.service().equals("api-gateway"));
                awaitSpan(
                        collector,
                        span -> span.trace().equals(TRACE) && span.service().equals("sluice-scanner"));

                String picture = client.assets().getFirst().get("content_hash").asText();
                awaitSpan(collector, named("sluice-media", "work image", picture));
                awaitSpan(
                        collector,
                        span -> span.service().equals("sluice-search")
                                && span.keys().contains(picture));
                Told planned = awaitSpan(collector, named("sluice-media", "process sluice.ingest.asset.v1", picture));
                Told hashed = awaitSpan(collector, span -> planned.links().contains(span.id()));
                assertThat(hashed.service() + " " + hashed.name()).isEqualTo("sluice-ingest work hash");

                Told seen = awaitSpan(collector, span -> span.name().equals("process sluice.scanner.file.v1"));
                Told scan = awaitSpan(collector, span -> seen.links().contains(span.id()));
                assertThat(scan.service() + " " + scan.name()).isEqualTo("sluice-scanner scan");
                assertThat(collector.spans()).noneMatch(span -> span.name().contains("/q/"));
                noSignedAddressGoesOut(collector, stack);

                collector.close();
                Files.write(pictures.resolve("later.jpg"), writer.jpeg());
                // A collector that is away costs spans and nothing else.
                Settled.with(5, client, PATIENCE);
            }
        }
    }

    private static Predicate<Told> named(String service, String name, String key) {
        return span -> span.service().equals(service)
                && span.name().equals(name)
                && span.keys().contains(key);
    }

    private static Told awaitSpan(TraceCollector collector, Predicate<Told> wanted) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(
                        () -> collector.spans().stream()
                                .filter(wanted)
                                .findFirst()
                                .orElse(null),
                        span -> span != null);
    }

    /** Its token opens what it names to whoever has it. */
    private static void noSignedAddressGoesOut(TraceCollector collector, LocalStack stack) throws Exception {
        String trace = TRACE.replace('4', '5');
        String token = "c2VjcmV0".repeat(20);
        for (String path : List.of("/api/v1/playback/", "/api/v1/Playback/", "/api/v1//playback/")) {
            askedWithin(trace, stack, path + token + "/playlist.m3u8");
        }
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> collector.spans().stream()
                                .filter(span -> span.trace().equals(trace))
                                .count()
                        >= 3);
        assertThat(collector.spans()).noneMatch(span -> span.text().contains(token));
    }

    /** The trace that the answer names. */
    private static String askedWithin(String trace, LocalStack stack, String path) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(URI.create(stack.gatewayUrl() + path))
                                    .header("Authorization", "Bearer " + stack.operatorKey())
                                    .header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01")
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .headers()
                    .firstValue("Trace-Id")
                    .orElse("");
        }
    }
}
