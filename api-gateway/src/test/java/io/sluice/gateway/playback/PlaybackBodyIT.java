package io.sluice.gateway.playback;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.contract.ingest.v1.AssetState;
import io.sluice.gateway.world.GatewayInfra;
import io.sluice.gateway.world.Rest;
import io.sluice.gateway.world.VideoScene;
import io.sluice.gateway.world.World;
import io.sluice.testsupport.SluiceInfra;

/** Who plays need not say for how long: each client leaves a body out in its own way. */
@QuarkusTest
@WithTestResource(SluiceInfra.class)
@WithTestResource(GatewayInfra.class)
class PlaybackBodyIT {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Content-Length: 0\r\n",
                "Content-Type: application/json\r\n",
                "Content-Type: application/json\r\nContent-Length: 0\r\n",
                "Content-Type: text/plain;charset=UTF-8\r\nContent-Length: 0\r\n",
                "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 0\r\n"
            })
    void aVideoIsPlayedForSixHoursWhenNothingIsAskedFor(String headers) throws Exception {
        AssetState video = new VideoScene(World.empty()).ready("clip.mp4", Instant.parse("2024-07-14T12:00:00Z"));

        String answer = Rest.raw("POST /api/v1/assets/" + World.hex(video) + "/playback HTTP/1.1\r\nHost: sluice\r\n"
                + "Connection: close\r\nAuthorization: Bearer " + World.bootstrapKey() + "\r\n" + headers + "\r\n");

        assertThat(answer).startsWith("HTTP/1.1 200 ");
        JsonNode playback = new ObjectMapper().readTree(answer.substring(answer.indexOf("\r\n\r\n")));
        assertThat(playback.get("state").asText()).isEqualTo("ready");
        assertThat(Duration.between(
                        Instant.now(), Instant.parse(playback.get("expires_at").asText())))
                .isBetween(Duration.ofHours(6).minusMinutes(1), Duration.ofHours(6));
    }
}
