package io.sluice.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.sluice.localstack.LocalStack;

/** Imports a batch as an operator's script would: sees it, queues it, waits for the end of its job. */
final class ImportClient {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(15);
    private static final Set<String> ENDED = Set.of("done", "failed", "cancelled");

    private final HttpClient http = HttpClient.newHttpClient();
    private final LocalStack stack;

    ImportClient(LocalStack stack) {
        this.stack = stack;
    }

    /** From its claim to its end, by the service's own clock. */
    Duration importOnce(UUID syncId, int items) throws IOException, InterruptedException {
        await("/import/batches/" + syncId, "state", Set.of("discovered"));
        JsonNode queued = call(HttpRequest.newBuilder(uri("/import/jobs"))
                .POST(HttpRequest.BodyPublishers.ofString("{\"batches\":[\"" + syncId + "\"]}"))
                .header("Content-Type", "application/json"));
        String job = queued.path("results").path(0).path("job").path("id").asText();
        JsonNode done = await("/import/jobs/" + job, "state", ENDED);
        if (!done.path("state").asText().equals("done")
                || done.path("tally").path("created").asInt() != items) {
            throw new IllegalStateException("The import did not create " + items + " items: " + done);
        }
        return Duration.between(
                Instant.parse(done.get("claimed_at").asText()),
                Instant.parse(done.get("finished_at").asText()));
    }

    private JsonNode await(String path, String field, Set<String> wanted) throws IOException, InterruptedException {
        long patienceEnds = System.nanoTime() + PATIENCE.toNanos();
        JsonNode now = JSON.nullNode();
        while (System.nanoTime() < patienceEnds) {
            now = call(HttpRequest.newBuilder(uri(path)));
            if (wanted.contains(now.path(field).asText())) {
                return now;
            }
            Thread.sleep(200);
        }
        throw new IllegalStateException(path + " is not " + wanted + " within " + PATIENCE + ": " + now);
    }

    private JsonNode call(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = http.send(
                request.header("Authorization", "Bearer " + stack.operatorKey()).build(),
                HttpResponse.BodyHandlers.ofByteArray());
        return JSON.readTree(answer.body());
    }

    private URI uri(String path) {
        return URI.create(stack.gatewayUrl() + "/api/v1" + path);
    }
}
