package io.sluice.gateway.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import jakarta.inject.Inject;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.uuid.Generators;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.contract.Topics;
import io.sluice.contract.scanner.v1.HealthState;
import io.sluice.contract.scanner.v1.LibraryState;
import io.sluice.gateway.world.GatewayInfra;
import io.sluice.gateway.world.Rest;
import io.sluice.gateway.world.World;
import io.sluice.testsupport.SluiceInfra;

/** Libraries, their scans, and the map that is read from the topic. */
@QuarkusTest
@WithTestResource(SluiceInfra.class)
@WithTestResource(GatewayInfra.class)
class LibrariesIT {

    private final Rest rest = Rest.withKey(World.bootstrapKey());
    private World world;

    @Inject
    LibraryRoots roots;

    @BeforeEach
    void emptyWorld() {
        world = World.empty();
    }

    @Test
    void aLibraryHasHealthScansAndCounts() {
        world.picture(1, Instant.parse("2024-07-14T12:00:00Z"));
        JsonNode libraries = rest.get("/api/v1/libraries").json();
        assertThat(libraries.get("items").findValuesAsText("name")).containsExactly("Pictures", "Travel disk");
        assertThat(libraries.get("degraded")).isEmpty();
        JsonNode pictures = libraries.get("items").get(0);
        assertThat(pictures.get("id").asText()).isEqualTo(World.PICTURES);
        assertThat(pictures.get("mount").asText()).isEqualTo("home");
        assertThat(pictures.get("path").asText()).isEqualTo("pictures");
        assertThat(pictures.get("kind").asText()).isEqualTo("library");
        assertThat(pictures.get("mode").asText()).isEqualTo("referenced");
        assertThat(pictures.get("health").get("state").asText()).isEqualTo("online");
        assertThat(pictures.get("health").get("reason").isNull()).isTrue();
        assertThat(pictures.get("counts").get("present").asInt()).isEqualTo(1);
        assertThat(pictures.get("scans").get("last_full").get("state").asText()).isEqualTo("completed");
        assertThat(pictures.get("scans").get("last_quick").isNull()).isTrue();
        JsonNode away = libraries.get("items").get(1);
        assertThat(away.get("health").get("state").asText()).isEqualTo("stale");
        assertThat(away.get("health").get("reason").asText()).isEqualTo("The disk is not mounted. Plug it in.");
        assertThat(away.get("counts").get("present").asInt()).isZero();
    }

    @Test
    void withoutTheScannerTheTopicStandsIn() {
        world.stopScanner();
        try {
            JsonNode libraries = rest.get("/api/v1/libraries").json();
            assertThat(libraries.get("items").findValuesAsText("name")).containsExactly("Pictures", "Travel disk");
            assertThat(libraries.get("items").get(0).get("scans").isNull()).isTrue();
            assertThat(libraries.get("degraded").get(0).get("service").asText()).isEqualTo("scanner");
        } finally {
            world.startScanner();
        }
    }

    @Test
    void aScanIsAnOperationThatCanBeWatched() {
        Rest.Answer accepted = rest.post("/api/v1/libraries/" + World.PICTURES + "/scans", "{\"kind\":\"full\"}");
        assertThat(accepted.status()).isEqualTo(202);
        String location = accepted.header("Location").replaceFirst("^https?://[^/]*", "");
        String id = accepted.json().get("id").asText();
        assertThat(location).isEqualTo("/api/v1/operations/" + id);
        assertThat(rest.get(location).json().get("state").asText()).isEqualTo("waiting");

        world.scanner.runScan(id);

        JsonNode running = rest.get(location).json();
        assertThat(running.get("state").asText()).isEqualTo("running");
        assertThat(running.get("library_id").asText()).isEqualTo(World.PICTURES);
        assertThat(running.get("scan").get("kind").asText()).isEqualTo("full");
        assertThat(running.get("scan").get("files_seen").asInt()).isEqualTo(7);
    }

    @Test
    void anOperationThatNobodyAskedForIsNotFound() {
        assertThat(rest.get("/api/v1/operations/0199f0c1-7a3e-7d4c-9f65-3c1f0a6e8b99")
                        .status())
                .as("asked for long ago")
                .isEqualTo(404);
        assertThat(rest.get("/api/v1/operations/9b2d4a30-5f0e-4c7e-8d53-0a4c5f2b1e77")
                        .status())
                .as("no time in it")
                .isEqualTo(404);
        assertThat(rest.get("/api/v1/operations/"
                                + Generators.timeBasedEpochGenerator().generate())
                        .status())
                .isEqualTo(404);
        assertThat(rest.get("/api/v1/operations/nothing").status()).isEqualTo(404);
    }

    @Test
    void aScanOfNothingIsNotFound() {
        Rest.Answer answer = rest.post("/api/v1/libraries/nothing/scans", "{\"kind\":\"full\"}");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.json().get("detail").asText()).isEqualTo("There is no library with this id.");
    }

    @Test
    void theNewestStateOfALibraryWinsAndATombstoneRemovesIt() {
        String id = Generators.timeBasedEpochGenerator().generate().toString();
        produce(
                id,
                LibraryState.newBuilder()
                        .setLibraryId(id)
                        .setVersion(5)
                        .setName("new")
                        .build()
                        .toByteArray());
        produce(
                id,
                LibraryState.newBuilder()
                        .setLibraryId(id)
                        .setVersion(4)
                        .setName("old")
                        .build()
                        .toByteArray());
        produce(id, new byte[] {(byte) 0xff});
        world.library(World.AWAY, "Travel disk", "away", HealthState.HEALTH_STATE_STALE, "still");
        await("new", id);
        assertThat(roots.withId(id).orElseThrow().getVersion()).isEqualTo(5);
        produce(
                id,
                LibraryState.newBuilder()
                        .setLibraryId(id)
                        .setVersion(6)
                        .setName("newer")
                        .build()
                        .toByteArray());
        await("newer", id);
        produce(id, null);
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> roots.withId(id)
                .isEmpty());
    }

    private void await(String name, String id) {
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> roots.withId(id)
                .filter(state -> state.getName().equals(name))
                .isPresent());
    }

    private static void produce(String id, byte[] value) {
        SluiceInfra.topics()
                .produce(new ProducerRecord<>(
                        Topics.SCANNER_LIBRARY.name(), id.getBytes(java.nio.charset.StandardCharsets.UTF_8), value));
    }
}
