package io.sluice.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.sluice.localstack.LocalStack;

/** Plays videos as a player does: asks for the playlist, and follows it to its end. */
final class StreamClient {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int LOOK_MILLIS = 10;

    private final HttpClient http = HttpClient.newHttpClient();
    private final LocalStack stack;

    StreamClient(LocalStack stack) {
        this.stack = stack;
    }

    /** Milliseconds from the request until the first segment could be read, and until the whole stream was there. */
    record Played(double firstSegment, double whole) {}

    /** Content hashes by file name, once so many assets are there with their facts. */
    Map<String, String> videos(int count) throws IOException, InterruptedException {
        long patienceEnds = System.nanoTime() + PATIENCE.toNanos();
        Map<String, String> hashes = new HashMap<>();
        while (hashes.size() < count) {
            if (System.nanoTime() > patienceEnds) {
                throw new IllegalStateException(
                        hashes.size() + " of " + count + " videos have their facts within " + PATIENCE);
            }
            Thread.sleep(500);
            JsonNode page = JSON.readTree(text("/assets?kind=video&limit=500"));
            for (JsonNode asset : page.path("items")) {
                if (asset.path("video").isObject()) {
                    Path path = Path.of(asset.path("location").path("path").asText());
                    hashes.put(
                            path.getFileName().toString(),
                            asset.path("content_hash").asText());
                }
            }
        }
        return hashes;
    }

    Played play(String hash) throws IOException, InterruptedException {
        String address = "/assets/" + hash + "/hls/";
        long start = System.nanoTime();
        String playlist = playlist(address, start);
        String segment = playlist.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("A playlist without a segment: " + hash));
        text(address + segment);
        double first = millis(start);
        while (!playlist.contains("#EXT-X-ENDLIST")) {
            Thread.sleep(LOOK_MILLIS);
            playlist = playlist(address, start);
        }
        return new Played(first, millis(start));
    }

    private String playlist(String address, long start) throws IOException, InterruptedException {
        while (true) {
            HttpResponse<String> answer = get(address + "playlist.m3u8");
            if (answer.statusCode() == 200) {
                return answer.body();
            }
            if (answer.statusCode() != 503 || millis(start) > PATIENCE.toMillis()) {
                throw new IllegalStateException(address + ": " + answer.statusCode() + " " + answer.body());
            }
        }
    }

    private String text(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = get(path);
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(path + ": " + answer.statusCode() + " " + answer.body());
        }
        return answer.body();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(stack.gatewayUrl() + "/api/v1" + path))
                        .header("Authorization", "Bearer " + stack.operatorKey())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static double millis(long start) {
        return (System.nanoTime() - start) / 1e6;
    }
}
