package io.sluice.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;

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

/** How many videos can be played. */
@QuarkusTest
@WithTestResource(SluiceInfra.class)
@WithTestResource(GatewayInfra.class)
class StreamStatsIT {

    private static final Instant NOON = Instant.parse("2024-07-14T12:00:00Z");
    private static final List<String> STATES = List.of("with_playlist", "pending", "unsupported", "failed");

    private final Rest rest = Rest.withKey(World.bootstrapKey());
    private World world;

    @BeforeEach
    void someVideos() {
        world = World.empty();
        VideoScene videos = new VideoScene(world);
        AssetState shared = videos.ready("both.mp4", NOON);
        world.media.video(shared.getContentHash(), World.AWAY);
        videos.pending("waits.mp4", NOON);
        videos.grow(videos.pending("grows.mp4", NOON), 1, 10);
        videos.ended("cut.mp4", RenditionLifecycle.RENDITION_LIFECYCLE_UNSUPPORTED, "video_damaged", "Cut.", NOON);
        videos.ended("bomb.mp4", RenditionLifecycle.RENDITION_LIFECYCLE_FAILED, "child_died", "Died.", NOON);
        world.picture(1, NOON);
        world.ingest.hashlessVideos(World.PICTURES, 4);
        world.ingest.hashlessVideos("0199f0c1-0000-7000-8000-00000000gone", 2);
    }

    @Test
    void theStatesOfALibraryAddUpAndAVideoInTwoLibrariesIsOneInAll() {
        JsonNode stats = rest.get("/api/v1/hls/stats").json();
        assertThat(stats.get("libraries").findValuesAsText("library"))
                .containsExactly("Pictures", "Travel disk", "null");
        JsonNode pictures = stats.at("/libraries/0");
        assertThat(pictures.get("library_id").asText()).isEqualTo(World.PICTURES);
        assertThat(numbers(pictures)).containsExactly(1L, 2L, 1L, 1L);
        assertThat(pictures.get("hashless_videos").asLong()).isEqualTo(4);
        assertThat(numbers(stats.at("/libraries/1"))).containsExactly(1L, 0L, 0L, 0L);
        assertThat(numbers(stats.get("all"))).containsExactly(1L, 2L, 1L, 1L);
        assertThat(stats.at("/all/hashless_videos").asLong()).isEqualTo(6);
        assertThat(stats.at("/all/total").asLong()).isEqualTo(5);
        for (JsonNode counted :
                List.of(pictures, stats.at("/libraries/1"), stats.at("/libraries/2"), stats.get("all"))) {
            assertThat(numbers(counted).stream().mapToLong(Long::longValue).sum())
                    .isEqualTo(counted.get("total").asLong());
        }
        assertThat(stats.get("degraded")).isEmpty();
    }

    @Test
    void withoutMediaThereIsNothingToTell() {
        world.stopMedia();
        try {
            Rest.Answer answer = rest.get("/api/v1/hls/stats");
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.json().get("code").asText()).isEqualTo("service_unavailable");
            assertThat(answer.header("Retry-After")).isNotBlank();
        } finally {
            world.startMedia();
        }
    }

    @Test
    void withoutIngestTheUnhashedAreUnknownAndNotZero() {
        world.stopIngest();
        try {
            JsonNode stats = rest.get("/api/v1/hls/stats").json();
            assertThat(stats.at("/all/hashless_videos").isNull()).isTrue();
            assertThat(stats.at("/libraries/0/hashless_videos").isNull()).isTrue();
            assertThat(stats.at("/libraries/0/total").asLong()).isEqualTo(5);
            assertThat(stats.at("/degraded/0/service").asText()).isEqualTo("ingest");
        } finally {
            world.startIngest();
        }
    }

    private static List<Long> numbers(JsonNode counted) {
        return STATES.stream().map(state -> counted.get(state).asLong()).toList();
    }
}
