package io.sluice.gateway.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.contract.messaging.v1.WorkSummary;
import io.sluice.gateway.world.GatewayInfra;
import io.sluice.gateway.world.Rest;
import io.sluice.gateway.world.World;
import io.sluice.testsupport.SluiceInfra;

/** Work, and the state root. */
@QuarkusTest
@WithTestResource(SluiceInfra.class)
@WithTestResource(GatewayInfra.class)
class PipelineIT {

    private final Rest rest = Rest.withKey(World.bootstrapKey());
    private World world;

    @BeforeEach
    void emptyWorld() {
        world = World.empty();
    }

    @Test
    void workIsToldByServiceClassAndLane() {
        world.mediaOperations.work(
                work("waiting").setCount(40).setOldestSeconds(12).build(),
                work("running")
                        .setCount(2)
                        .setOldestSeconds(301)
                        .setLastErrorCode("child_died")
                        .setLastError("It died.")
                        .build());
        JsonNode services = rest.get("/api/v1/work").json().get("services");
        assertThat(services.findValuesAsText("service")).containsExactly("scanner", "ingest", "media");
        JsonNode media = services.get(2);
        assertThat(media.get("state").asText()).isEqualTo("known");
        assertThat(media.get("work")).hasSize(2);
        JsonNode running = media.get("work").get(1);
        assertThat(running.get("work_class").asText()).isEqualTo("image");
        assertThat(running.get("lane").asText()).isEqualTo("fresh");
        assertThat(running.get("count").asInt()).isEqualTo(2);
        assertThat(running.get("stuck").asBoolean()).isTrue();
        assertThat(running.get("last_error").asText()).isEqualTo("It died.");
        assertThat(media.get("work").get(0).get("stuck").asBoolean()).isFalse();
        assertThat(media.get("outbox_waiting").asInt()).isZero();
    }

    @Test
    void aSilentServiceIsUnknownAndNotZero() {
        world.stopMedia();
        try {
            JsonNode media = rest.get("/api/v1/work").json().get("services").get(2);
            assertThat(media.get("state").asText()).isEqualTo("unknown");
            assertThat(media.get("work").isNull()).isTrue();
            assertThat(media.get("outbox_waiting").isNull()).isTrue();
            assertThat(media.get("dead_letters").isNull()).isTrue();
            assertThat(media.get("detail").asText()).contains("media");
        } finally {
            world.startMedia();
        }
    }

    @Test
    void theStateRootIsTheHashOfTheLines() throws Exception {
        List<String> ingest = new ArrayList<>();
        for (int i = 0; i < 1234; i++) {
            ingest.add("asset %064x live image %d".formatted(i, i));
        }
        List<String> media = List.of("rendition ü", "rendition z");
        world.ingestOperations.lines(ingest);
        world.mediaOperations.lines(media);
        List<String> all = new ArrayList<>(ingest);
        all.addAll(media);

        Rest.Answer lines = rest.get("/api/v1/pipeline/state-root?lines=true");
        assertThat(lines.header("Content-Type")).isEqualToIgnoringCase("text/plain; charset=utf-8");
        assertThat(lines.text().lines()).containsExactlyElementsOf(all);

        JsonNode root = rest.get("/api/v1/pipeline/state-root").json();
        assertThat(root.get("lines").asInt()).isEqualTo(1236);
        assertThat(root.get("state_root").asText())
                .isEqualTo(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256")
                                .digest(String.join("\n", all).getBytes(UTF_8))));
    }

    @Test
    void theRootOfNothingIsTheHashOfNothing() {
        assertThat(rest.get("/api/v1/pipeline/state-root")
                        .json()
                        .get("state_root")
                        .asText())
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    @Test
    void withoutMediaThereIsNoRoot() {
        world.ingestOperations.lines(List.of("asset"));
        world.stopMedia();
        try {
            assertThat(rest.get("/api/v1/pipeline/state-root").status()).isEqualTo(503);
            assertThat(rest.get("/api/v1/pipeline/state-root?lines=true").status())
                    .isEqualTo(503);
        } finally {
            world.startMedia();
        }
    }

    private static WorkSummary.Builder work(String state) {
        return WorkSummary.newBuilder().setWorkClass("image").setLane("fresh").setState(state);
    }
}
