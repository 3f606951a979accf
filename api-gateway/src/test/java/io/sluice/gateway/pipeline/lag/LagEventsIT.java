package io.sluice.gateway.pipeline.lag;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.contract.Topic;
import io.sluice.contract.Topics;
import io.sluice.gateway.world.EventClient;
import io.sluice.gateway.world.EventClient.Event;
import io.sluice.gateway.world.GatewayInfra;
import io.sluice.gateway.world.World;
import io.sluice.testsupport.SluiceInfra;

/** How the pipeline is, told to who comes and whenever it is otherwise; also that it is not known. */
@QuarkusTest
@WithTestResource(SluiceInfra.class)
@WithTestResource(GatewayInfra.class)
class LagEventsIT {

    private static final Duration SEEN = Duration.ofSeconds(40);

    @BeforeEach
    void topicsThere() {
        World.empty();
        SluiceInfra.topics().create(Topics.all().toArray(Topic[]::new));
        EventClient.awaitReady();
    }

    @Test
    void statesAreToldAsTheyChangeAndOnceOnly() {
        String place;
        try (EventClient client = open()) {
            Event first = awaitState(client, "ingest.sentinel", "no_consumer");
            assertThat(first.name()).isEqualTo("lag");
            assertThat(first.data().get("groups")).hasSizeGreaterThan(10);
            assertThat(group(first, "ingest.sentinel").get("cure").asText()).contains("Start the ingest service");
            assertThat(group(first, "gateway.ledger").get("kind").asText()).isEqualTo("reader");
            try (GroupMember member = GroupMember.reading("ingest.sentinel", Topics.SCANNER_SENTINEL.name())) {
                awaitState(client, "ingest.sentinel", "ok");
            }
            awaitState(client, "ingest.sentinel", "no_consumer");
            List<Event> events = client.events();
            for (int i = 1; i < events.size(); i++) {
                assertThat(states(events.get(i))).as("something changed").isNotEqualTo(states(events.get(i - 1)));
            }
            // Other groups may still settle after what an earlier test did.
            Awaitility.await("two heartbeats without a change").atMost(SEEN).until(() -> {
                int told = client.events().size();
                int comments = client.comments();
                Awaitility.await()
                        .until(() -> client.comments() >= comments + 2
                                || client.events().size() > told);
                return client.events().size() == told;
            });
            place = client.lastId();
        }
        try (EventClient again = open("Last-Event-ID", place)) {
            Awaitility.await().atMost(SEEN).until(() -> again.comments() >= 2);
            assertThat(again.events()).as("it knows all that").isEmpty();
        }
    }

    @Test
    void withoutTheBrokerItIsToldThatNothingIsKnown() {
        try (EventClient client = open()) {
            client.await(1);
            SluiceInfra.killBroker();
            try {
                awaitState(client, "ingest.file", "unknown");
                try (EventClient another = open()) {
                    awaitState(another, "gateway.rendition", "unknown");
                }
            } finally {
                SluiceInfra.restartBroker();
            }
            awaitState(client, "ingest.file", "no_consumer");
        }
    }

    private static EventClient open(String... headers) {
        String[] all = new String[headers.length + 2];
        all[0] = "Authorization";
        all[1] = "Bearer " + World.bootstrapKey();
        System.arraycopy(headers, 0, all, 2, headers.length);
        return EventClient.open("?types=lag", all);
    }

    private static Event awaitState(EventClient client, String group, String state) {
        return Awaitility.await(group + " " + state)
                .atMost(SEEN)
                .until(
                        () -> client.events().isEmpty() ? null : client.events().getLast(),
                        event -> event != null
                                && group(event, group).get("state").asText().equals(state));
    }

    private static JsonNode group(Event event, String name) {
        for (JsonNode group : event.data().get("groups")) {
            if (group.get("group").asText().equals(name)) {
                return group;
            }
        }
        throw new AssertionError("no group " + name);
    }

    private static String states(Event event) {
        StringBuilder states = new StringBuilder();
        event.data().get("groups").forEach(group -> states.append(
                        group.get("group").asText())
                .append(' ')
                .append(group.get("state").asText())
                .append('\n'));
        return states.toString();
    }
}
