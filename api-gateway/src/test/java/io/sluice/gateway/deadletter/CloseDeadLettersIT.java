package io.sluice.gateway.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.contract.ErrorCode;
import io.sluice.contract.messaging.v1.DeadLetter;
import io.sluice.gateway.world.FakeOperations;
import io.sluice.gateway.world.GatewayInfra;
import io.sluice.gateway.world.Rest;
import io.sluice.gateway.world.World;
import io.sluice.testsupport.SluiceInfra;

/** What a person says of dead letters reaches their owner, and what the owner says of it reaches the person. */
@QuarkusTest
@WithTestResource(SluiceInfra.class)
@WithTestResource(GatewayInfra.class)
class CloseDeadLettersIT {

    private static final List<String> SERVICES = List.of("scanner", "ingest", "media");

    private final Rest rest = Rest.withKey(World.bootstrapKey());
    private World world;
    private int made;

    @BeforeEach
    void emptyWorld() {
        world = World.empty();
    }

    @Test
    void oneIsRedrivenByItsOwnerWhoTellsWhoAsked() {
        String id = letter(2, "child_died");
        Rest.Answer answer = rest.post("/api/v1/dead-letters/" + id + "/redrive", null);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().get("closed").asInt()).isEqualTo(1);
        assertThat(answer.json().get("refused")).isEmpty();
        JsonNode letter = rest.get("/api/v1/dead-letters?state=redriven")
                .json()
                .get("items")
                .get(0);
        assertThat(letter.get("id").asText()).isEqualTo(id);
        assertThat(letter.get("state").asText()).isEqualTo("redriven");
        assertThat(letter.get("closed_by").asText()).isEqualTo("bootstrap");
        assertThat(letter.get("closed_at").asText()).isEqualTo("2025-10-09T09:01:40Z");
        Rest.Answer again = rest.post("/api/v1/dead-letters/" + id + "/acknowledge", null);
        assertThat(again.status()).as("asked again").isEqualTo(200);
        assertThat(again.json().get("closed").asInt()).isZero();
        assertThat(operations(2).deadLetterOf(id).getState()).isEqualTo("redriven");
    }

    @Test
    void whatItsOwnerRefusesIsAProblemWithTheReason() {
        String id = letter(1, "child_died");
        operations(1).refuse(id, ErrorCode.CONFLICT, "The work is not there any more.");
        Rest.Answer answer = rest.post("/api/v1/dead-letters/" + id + "/redrive", null);
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.json().get("code").asText()).isEqualTo("conflict");
        assertThat(answer.json().get("detail").asText()).isEqualTo("The work is not there any more.");
    }

    @Test
    void unknownOneIsNotFoundAndAWrongIdIsRefused() {
        assertThat(rest.post("/api/v1/dead-letters/" + UUID.randomUUID() + "/redrive", null)
                        .status())
                .isEqualTo(404);
        assertThat(rest.post("/api/v1/dead-letters/17/redrive", null).status()).isEqualTo(400);
    }

    @Test
    void oneWhoseOwnerMayBeSilentIsNotSaidToBeUnknown() {
        String ingests = letter(1, "child_died");
        world.stopMedia();
        try {
            assertThat(rest.post("/api/v1/dead-letters/" + UUID.randomUUID() + "/redrive", null)
                            .status())
                    .isEqualTo(503);
            assertThat(rest.post("/api/v1/dead-letters/" + ingests + "/redrive", null)
                            .status())
                    .isEqualTo(200);
        } finally {
            world.startMedia();
        }
    }

    @Test
    void manyOfSeveralOwnersAreClosedAndThoseRefusedAreTold() {
        String done = letter(0, "child_died");
        String refused = letter(1, "child_died");
        String unknown = UUID.randomUUID().toString();
        operations(1).refuse(refused, ErrorCode.CONFLICT, "gone");
        JsonNode answer = post("redrive", "{\"ids\":[\"%s\",\"%s\",\"%s\"]}".formatted(done, refused, unknown));
        assertThat(answer.get("closed").asInt()).isEqualTo(1);
        assertThat(answer.get("refused").findValuesAsText("id")).containsExactly(refused, unknown);
        assertThat(answer.get("refused").findValuesAsText("code")).containsExactly("conflict", "not_found");
        assertThat(answer.get("refused").get(0).get("reason").asText()).isEqualTo("gone");
    }

    @Test
    void filterReachesAllOwnersOrTheOneThatIsNamed() {
        for (int i = 0; i < 9; i++) {
            letter(i % 3, i < 3 ? "internal" : "child_died");
        }
        assertThat(post("acknowledge", "{\"service\":\"media\",\"error_code\":\"internal\"}")
                        .get("closed")
                        .asInt())
                .isEqualTo(1);
        assertThat(post("redrive", "{\"error_code\":\"child_died\"}")
                        .get("closed")
                        .asInt())
                .isEqualTo(6);
        assertThat(post("redrive", "{\"service\":\"ingest\"}").get("closed").asInt())
                .isEqualTo(1);
        assertThat(rest.get("/api/v1/dead-letters").json().get("items")).hasSize(1);
    }

    @Test
    void olderOnesOnly() {
        letter(0, "child_died");
        letter(0, "child_died");
        assertThat(post("acknowledge", "{\"created_before\":\"2025-10-09T08:53:20.001Z\"}")
                        .get("closed")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void moreSaysToAskAgain() {
        for (int i = 0; i < 5; i++) {
            letter(2, "child_died");
        }
        operations(2).closesAtOnce(3);
        assertThat(post("redrive", "{\"origin\":\"image\"}").get("more").asBoolean())
                .isTrue();
        JsonNode rest = post("redrive", "{\"origin\":\"image\"}");
        assertThat(rest.get("closed").asInt()).isEqualTo(2);
        assertThat(rest.get("more").asBoolean()).isFalse();
    }

    @Test
    void aSilentOwnerIsNamedAndAloneItIsAProblem() {
        letter(0, "child_died");
        world.stopMedia();
        try {
            JsonNode answer = post("redrive", "{\"origin\":\"image\"}");
            assertThat(answer.get("closed").asInt()).isEqualTo(1);
            assertThat(answer.at("/degraded/0/service").asText()).isEqualTo("media");
            assertThat(rest.post("/api/v1/dead-letters/redrive", "{\"service\":\"media\"}")
                            .status())
                    .isEqualTo(503);
            assertThat(rest.get("/api/v1/dead-letters/summary")
                            .json()
                            .at("/degraded/0/service")
                            .asText())
                    .isEqualTo("media");
        } finally {
            world.startMedia();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"ids\":[]}",
                "{\"ids\":[\"17\"]}",
                "{\"ids\":[\"0199f0c1-7a3e-7d4c-9f65-3c1f0a6e8b11\"],\"origin\":\"image\"}",
                "{\"service\":\"kitchen\"}",
                "{\"created_before\":\"yesterday\"}"
            })
    void commandThatMeansEverythingOrNothingIsRefused(String body) {
        letter(0, "child_died");
        assertThat(rest.post("/api/v1/dead-letters/acknowledge", body).status()).isEqualTo(400);
        assertThat(rest.get("/api/v1/dead-letters").json().get("items")).hasSize(1);
    }

    @Test
    void summaryCountsOpenOnesByCauseTheMostNumerousFirst() {
        for (int i = 0; i < 4; i++) {
            letter(2, "child_died");
        }
        String closed = letter(1, "internal");
        letter(1, "internal");
        rest.post("/api/v1/dead-letters/" + closed + "/acknowledge", null);
        JsonNode summary = rest.get("/api/v1/dead-letters/summary").json();
        assertThat(summary.get("total").asInt()).isEqualTo(5);
        assertThat(summary.get("items").findValuesAsText("service")).containsExactly("media", "ingest");
        JsonNode first = summary.get("items").get(0);
        assertThat(first.get("count").asInt()).isEqualTo(4);
        assertThat(first.get("error_kind").asText()).isEqualTo("transient");
        assertThat(first.get("cause").asText()).isEqualTo("It died.");
        assertThat(first.get("cure").asText()).isEqualTo(Cure.of(ErrorCode.CHILD_DIED));
        assertThat(first.get("oldest_at").asText()).isEqualTo("2025-10-09T08:53:20Z");
        assertThat(first.get("newest_at").asText()).isEqualTo("2025-10-09T08:53:20.003Z");
    }

    private JsonNode post(String command, String body) {
        Rest.Answer answer = rest.post("/api/v1/dead-letters/" + command, body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private String letter(int owner, String errorCode) {
        DeadLetter letter = Letters.letter(made++, SERVICES.get(owner), "work", errorCode);
        operations(owner).deadLetter(letter);
        return letter.getId();
    }

    private FakeOperations operations(int owner) {
        return List.of(world.scannerOperations, world.ingestOperations, world.mediaOperations)
                .get(owner);
    }
}
