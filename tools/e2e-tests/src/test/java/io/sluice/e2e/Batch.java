package io.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

import org.awaitility.Awaitility;

import com.fasterxml.jackson.databind.JsonNode;

/** A batch as its operator sees it through the API. */
final class Batch {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final SluiceClient client;
    private final UUID syncId;

    Batch(SluiceClient client, UUID syncId) {
        this.client = client;
        this.syncId = syncId;
    }

    /** Waits until it is in that state; how it looked last is part of what is said when it is not. */
    JsonNode awaitState(String state) {
        return awaitState(state, PATIENCE);
    }

    JsonNode awaitState(String state, Duration within) {
        Awaitility.await(syncId + " is " + state)
                .atMost(within)
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptionsInstanceOf(RuntimeException.class)
                .untilAsserted(() -> {
                    String now = client.batch(syncId).map(JsonNode::toString).orElse("unknown");
                    assertThat(now).contains("\"state\":\"" + state + "\"");
                });
        return client.get("/api/v1/import/batches/" + syncId);
    }

    /** How many items ended with which decision. */
    Map<String, Integer> decisions() {
        Map<String, Integer> decisions = new TreeMap<>();
        client.batchItems(syncId)
                .forEach(item -> decisions.merge(item.get("decision").asText("-"), 1, Integer::sum));
        return decisions;
    }

    /** How many events of that type its ledger has; asked until ingest is up, as it may be killed meanwhile. */
    long events(String type) {
        return Awaitility.await("the ledger of " + syncId)
                .atMost(PATIENCE)
                .ignoreExceptionsMatching(
                        failure -> String.valueOf(failure.getMessage()).contains("service_unavailable"))
                .until(() -> client.batchEvents(syncId), events -> true)
                .stream()
                .filter(event -> event.get("event_type").asText().equals(type))
                .count();
    }

    /** Queues it, and expects that it is taken. */
    void queue() {
        assertThat(client.queue(syncId, false).statusCode()).isEqualTo(202);
    }
}
