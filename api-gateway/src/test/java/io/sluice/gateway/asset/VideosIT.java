package io.sluice.gateway.asset;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.contract.ingest.v1.AssetState;
import io.sluice.contract.media.v1.RenditionLifecycle;
import io.sluice.gateway.world.GatewayInfra;
import io.sluice.gateway.world.Rest;
import io.sluice.gateway.world.VideoScene;
import io.sluice.gateway.world.World;
import io.sluice.testsupport.SluiceInfra;

/** What is told of videos and their streams, and making a rendition once more. */
@QuarkusTest
@WithTestResource(SluiceInfra.class)
@WithTestResource(GatewayInfra.class)
class VideosIT {

    private static final Instant NOON = Instant.parse("2024-07-14T12:00:00Z");

    private final Rest rest = Rest.withKey(World.bootstrapKey());
    private World world;
    private VideoScene videos;

    @BeforeEach
    void emptyWorld() {
        world = World.empty();
        videos = new VideoScene(world);
    }

    @Test
    void aVideoTellsWhatItsContainerSays() {
        AssetState asset = videos.ready("clip.mp4", NOON);
        world.ingest.put(asset.toBuilder().setSubtype("video_simple").build());
        JsonNode told = rest.get("/api/v1/assets/" + World.hex(asset)).json();
        JsonNode listed =
                rest.get("/api/v1/assets?kind=video").json().get("items").get(0);
        for (JsonNode one : new JsonNode[] {told, listed}) {
            assertThat(one.get("kind").asText()).isEqualTo("video");
            assertThat(one.get("subtype").asText()).isEqualTo("video_simple");
            assertThat(one.at("/video/duration_ms").asLong()).isEqualTo(61_000);
            assertThat(one.at("/video/video_codec").asText()).isEqualTo("h264");
            assertThat(one.at("/video/audio_codec").asText()).isEqualTo("aac");
            assertThat(one.at("/video/rotation").asInt()).isEqualTo(90);
            assertThat(one.at("/video/frame_rate").asDouble()).isEqualTo(29.97);
            assertThat(one.at("/video/bit_rate").asLong()).isEqualTo(4_500_000);
            assertThat(one.at("/dimensions/width").asInt()).isEqualTo(1920);
        }
        JsonNode picture =
                rest.get("/api/v1/assets/" + World.hex(world.picture(3, NOON))).json();
        assertThat(picture.get("video").isNull()).isTrue();
    }

    @Test
    void aStreamHasOneAddressFromPendingToReady() {
        AssetState asset = videos.pending("clip.mp4", NOON);
        String address = "/api/v1/assets/" + World.hex(asset) + "/hls/playlist.m3u8";
        JsonNode pending = stream(asset);
        assertThat(pending.get("state").asText()).isEqualTo("pending");
        assertThat(pending.get("progress").isNull()).isTrue();
        assertThat(pending.get("url").asText()).isEqualTo(address);

        videos.grow(asset, 1, 420);
        JsonNode running = stream(asset);
        assertThat(running.get("state").asText()).isEqualTo("running");
        assertThat(running.get("progress").asDouble()).isEqualTo(0.42);
        assertThat(running.get("url").asText()).isEqualTo(address);

        videos.finish(asset, VideoScene.tree(asset, 3, true));
        JsonNode ready = stream(asset);
        assertThat(ready.get("state").asText()).isEqualTo("ready");
        assertThat(ready.get("progress").isNull()).isTrue();
        assertThat(ready.get("url").asText()).isEqualTo(address);
        assertThat(ready.get("media_type").asText()).isEqualTo("application/vnd.apple.mpegurl");
        assertThat(rest.get("/api/v1/assets/" + World.hex(asset) + "/renditions/hls@1")
                        .json()
                        .get("detail")
                        .asText())
                .contains("/hls/playlist.m3u8");
    }

    @Test
    void aStreamThatCannotBeHasAReasonAndNoAddress() {
        JsonNode stream = stream(videos.ended(
                "cut.mp4",
                RenditionLifecycle.RENDITION_LIFECYCLE_UNSUPPORTED,
                "video_damaged",
                "It ends after 2 of 61 seconds.",
                NOON));
        assertThat(stream.get("reason").asText()).isEqualTo("It ends after 2 of 61 seconds.");
        assertThat(stream.get("error_code").asText()).isEqualTo("video_damaged");
        assertThat(stream.get("url").isNull()).isTrue();
    }

    @Test
    void aRedoIsAskedOfMediaAndWatchedAsAnOperation() {
        AssetState asset = videos.ended(
                "given-up.mp4", RenditionLifecycle.RENDITION_LIFECYCLE_FAILED, "child_died", "The decoder died.", NOON);
        String renditions = "/api/v1/assets/" + World.hex(asset) + "/renditions";

        Rest.Answer answer = rest.send("POST", renditions + "/hls/redo", null);

        assertThat(answer.status()).isEqualTo(202);
        JsonNode operation = rest.get(answer.header("Location").replaceFirst("^https?://[^/]*", ""))
                .json();
        assertThat(operation.get("kind").asText()).isEqualTo("redo");
        assertThat(operation.get("state").asText()).isEqualTo("waiting");
        assertThat(operation.get("result").asText()).isEqualTo(renditions);
        assertThat(answer.json().at("/renditions/0/name").asText()).isEqualTo("hls");
        assertThat(answer.json().at("/renditions/0/state").asText()).isEqualTo("pending");
        assertThat(answer.json().at("/renditions/0/reason").isNull()).isTrue();
        assertThat(world.media.redone().getFirst().getRequestedBy()).isEqualTo("bootstrap");
        assertThat(stream(asset).get("state").asText()).isEqualTo("pending");

        assertThat(rest.send("POST", renditions + "/sprite/redo", null).status())
                .isEqualTo(404);
        assertThat(rest.send("POST", "/api/v1/assets/" + "0".repeat(64) + "/renditions/hls/redo", null)
                        .status())
                .isEqualTo(404);
        world.stopMedia();
        try {
            Rest.Answer silent = rest.send("POST", renditions + "/hls/redo", null);
            assertThat(silent.status()).isEqualTo(503);
            assertThat(silent.header("Retry-After")).isNotBlank();
        } finally {
            world.startMedia();
        }
    }

    private JsonNode stream(AssetState asset) {
        return rest.get("/api/v1/assets/" + World.hex(asset) + "/renditions")
                .json()
                .get("items")
                .valueStream()
                .filter(rendition -> rendition.get("name").asText().equals("hls"))
                .findFirst()
                .orElseThrow();
    }
}
