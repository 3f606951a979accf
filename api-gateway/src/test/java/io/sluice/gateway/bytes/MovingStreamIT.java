package io.sluice.gateway.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.Test;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.contract.ingest.v1.AssetState;
import io.sluice.gateway.world.GatewayInfra;
import io.sluice.gateway.world.Rest;
import io.sluice.gateway.world.VideoScene;
import io.sluice.gateway.world.World;
import io.sluice.testsupport.SluiceInfra;

/** A stream moves once, from where it grows to where it stays; the row that tells of it follows. */
@QuarkusTest
@WithTestResource(SluiceInfra.class)
@WithTestResource(GatewayInfra.class)
class MovingStreamIT {

    private static final Instant NOON = Instant.parse("2024-07-14T12:00:00Z");

    private final Rest rest = Rest.withKey(World.bootstrapKey());
    private final VideoScene videos = new VideoScene(World.empty());

    @Test
    void whoeverAsksBetweenTheMoveOfAStreamAndTheRowThatTellsOfItIsAnsweredFromTheNewPlace() throws Exception {
        for (String name : List.of("seg_00000.m4s", "playlist.m3u8")) {
            AssetState video = videos.pending("moved-" + name, NOON);
            videos.grow(video, VideoScene.tree(video, 3, true), 999);
            videos.move(video);
            Thread row = Thread.ofVirtual().start(() -> {
                LockSupport.parkNanos(200_000_000);
                videos.finish(video, VideoScene.tree(video, 3, true));
            });

            Rest.Answer answer = rest.get("/api/v1/assets/" + World.hex(video) + "/hls/" + name);

            assertThat(answer.status()).as(name).isEqualTo(200);
            assertThat(answer.bytes()).isEqualTo(VideoScene.tree(video, 3, true).get(name));
            row.join();
        }
    }
}
