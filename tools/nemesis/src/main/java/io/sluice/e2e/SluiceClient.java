package io.sluice.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** A client of the REST API, as a user would write one. */
public final class SluiceClient {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final URI gateway;
    private final String key;

    public SluiceClient(String gatewayUrl, String key) {
        this.gateway = URI.create(gatewayUrl);
        this.key = key;
    }

    /** Every asset, page by page. */
    public List<JsonNode> assets() {
        List<JsonNode> all = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = get("/api/v1/assets?limit=200" + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
            page.get("items").forEach(all::add);
            cursor = page.get("next_cursor").isNull()
                    ? ""
                    : page.get("next_cursor").asText();
        } while (!cursor.isEmpty());
        return all;
    }

    /** Content hashes of everything that search finds, page by page. */
    public List<String> found() {
        List<String> all = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = get("/api/v1/search?limit=200" + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
            page.get("items").forEach(hit -> all.add(hit.get("content_hash").asText()));
            cursor = page.get("next_cursor").isNull()
                    ? ""
                    : page.get("next_cursor").asText();
        } while (!cursor.isEmpty());
        return all;
    }

    public List<JsonNode> libraries() {
        return items("/api/v1/libraries");
    }

    public List<JsonNode> deadLetters() {
        return items("/api/v1/dead-letters?limit=500");
    }

    public JsonNode work() {
        return get("/api/v1/work");
    }

    /** What waits for a consumer group or class of work, and how it is. */
    public JsonNode lag(String group) {
        for (JsonNode line : get("/api/v1/pipeline/lag").get("groups")) {
            if (line.get("group").asText().equals(group)) {
                return line;
            }
        }
        throw new IllegalStateException("no group " + group);
    }

    public void pause(String service, String workClass, String reason) {
        command("/api/v1/pipeline/work/" + service + "/" + workClass + "/pause", "{\"reason\":\"" + reason + "\"}");
    }

    public void resume(String service, String workClass) {
        command("/api/v1/pipeline/work/" + service + "/" + workClass + "/resume", "");
    }

    private void command(String path, String json) {
        read(send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json))));
    }

    public void startFullScan(String libraryId) {
        HttpResponse<byte[]> answer = send(request("/api/v1/libraries/" + libraryId + "/scans")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"kind\":\"full\"}")));
        if (answer.statusCode() != 202) {
            throw new IllegalStateException("scan refused: " + answer.statusCode() + " " + new String(answer.body()));
        }
    }

    /** The lines of the state root: assets, locations, renditions; no times, no ids. */
    public List<String> stateLines() {
        HttpResponse<byte[]> answer = send(request("/api/v1/pipeline/state-root?lines=true"));
        if (answer.statusCode() != 200) {
            throw new IllegalStateException("state root: " + answer.statusCode() + " " + new String(answer.body()));
        }
        return new String(answer.body()).lines().toList();
    }

    /** A command that is answered with what it made. */
    public JsonNode post(String path, String json) {
        return read(send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json))));
    }

    public HttpResponse<byte[]> bytes(String path) {
        return send(request(path));
    }

    /** The batch as it is now, or nothing while nothing is known of it. */
    public Optional<JsonNode> batch(UUID syncId) {
        HttpResponse<byte[]> answer = send(request("/api/v1/import/batches/" + syncId));
        return answer.statusCode() == 404 ? Optional.empty() : Optional.of(read(answer));
    }

    /** Items of a batch, at most 500, in the order of its manifest. */
    public List<JsonNode> batchItems(UUID syncId) {
        return items("/api/v1/import/batches/" + syncId + "/items?limit=500");
    }

    /** Its history, newest first, at most 500. */
    public List<JsonNode> batchEvents(UUID syncId) {
        return items("/api/v1/import/batches/" + syncId + "/events?limit=500");
    }

    public List<JsonNode> galleries() {
        return items("/api/v1/galleries?limit=500");
    }

    /** Queues an import; the answer may be a refusal. */
    public HttpResponse<byte[]> queue(UUID syncId, boolean force) {
        return send(request("/api/v1/import/jobs")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"batches\":[\"" + syncId + "\"],\"force\":" + force + "}")));
    }

    public JsonNode get(String path) {
        return read(send(request(path)));
    }

    private static JsonNode read(HttpResponse<byte[]> answer) {
        if (answer.statusCode() != 200 && answer.statusCode() != 201) {
            throw new IllegalStateException(answer.uri() + ": " + answer.statusCode() + " "
                    + new String(answer.body(), StandardCharsets.UTF_8));
        }
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<JsonNode> items(String path) {
        List<JsonNode> items = new ArrayList<>();
        get(path).get("items").forEach(items::add);
        return items;
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(gateway.resolve(path))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", "Bearer " + key);
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
