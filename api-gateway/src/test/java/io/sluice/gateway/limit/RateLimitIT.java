package io.sluice.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.gateway.world.GatewayInfra;
import io.sluice.gateway.world.Rest;
import io.sluice.gateway.world.World;
import io.sluice.testsupport.SluiceInfra;

/** A caller that asks too much waits; the others do not. */
@QuarkusTest
@WithTestResource(SluiceInfra.class)
@WithTestResource(GatewayInfra.class)
class RateLimitIT {

    /** Far more than the burst of the tests' configuration, and nothing that any service would hear of. */
    private static final int MANY = 5000;

    private static final String COMMAND = "/api/v1/libraries/" + World.PICTURES + "/scans";

    private final Rest admin = Rest.withKey(World.bootstrapKey());

    @BeforeEach
    void emptyWorld() {
        World.empty();
    }

    @Test
    void aGreedyKeyIsToldToWaitAndTheOthersGoOn() {
        Rest greedy = key("greedy");
        Rest modest = key("modest");

        Rest.Answer refused = untilRefused(greedy);

        assertThat(refused.header("Content-Type")).startsWith("application/problem+json");
        assertThat(refused.json().get("code").asText()).isEqualTo("too_many_requests");
        assertThat(refused.json().get("detail").asText()).contains("Retry-After");
        assertThat(refused.json().get("trace_id").asText()).isEqualTo(refused.header("Trace-Id"));
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 5);
        assertThat(modest.post(COMMAND, "{}").status()).as("another key").isEqualTo(400);
        assertThat(admin.post(COMMAND, "{}").status()).isEqualTo(400);
        assertThat(greedy.get("/api/v1/assets").status())
                .as("what is read has its own limit")
                .isEqualTo(200);
        assertThat(Rest.anonymous().get("/q/metrics").text())
                .contains("sluice_gateway_requests_limited_total{traffic=\"commands\"}");
    }

    @Test
    void whoTriesKeysIsCountedByAddress() {
        Rest burglar = Rest.from("127.0.0.21");
        Stream<Rest> guesses = Stream.iterate(0, guess -> guess + 1)
                .limit(MANY)
                .map(guess -> burglar.header("Authorization", "Bearer slk_guess" + guess));
        assertThat(guesses.map(guess -> guess.post(COMMAND, "{}").status())
                        .filter(status -> status != 401)
                        .findFirst())
                .hasValue(429);
        assertThat(Rest.from("127.0.0.22")
                        .header("Authorization", "Bearer " + World.bootstrapKey())
                        .post(COMMAND, "{}")
                        .status())
                .isEqualTo(400);
    }

    private static Rest.Answer untilRefused(Rest caller) {
        return Stream.generate(() -> caller.post(COMMAND, "{}"))
                .limit(MANY)
                .parallel()
                .filter(answer -> answer.status() == 429)
                .findAny()
                .orElseThrow();
    }

    private Rest key(String name) {
        JsonNode issued = admin.post(
                        "/api/v1/api-keys",
                        "{\"name\":\"" + name + " " + System.nanoTime() + "\",\"role\":\"operator\"}")
                .json();
        return Rest.withKey(issued.get("key").asText());
    }
}
