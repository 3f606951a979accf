package io.sluice.gateway.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.contract.ingest.v1.AssetState;
import io.sluice.gateway.world.Bundles;
import io.sluice.gateway.world.GatewayInfra;
import io.sluice.gateway.world.ImportScene;
import io.sluice.gateway.world.Rest;
import io.sluice.gateway.world.VideoScene;
import io.sluice.gateway.world.World;
import io.sluice.testsupport.SluiceInfra;
import io.sluice.testsupport.request.AskAtRandom;

/**
 * 20,000 requests made at random from the OpenAPI document: none ends in a 5xx, none in a status that the document does not
 * tell of, none takes long, and what is refused is refused with a problem. {@code -Dsluice.seed=N} asks others.
 */
@QuarkusTest
@WithTestResource(SluiceInfra.class)
@WithTestResource(GatewayInfra.class)
class AnyRequestIT {

    private static final int REQUESTS = 20_000;

    @Test
    void isAnsweredAsTheDocumentTells() throws Exception {
        long seed = Long.getLong("sluice.seed", 20261121);
        AskAtRandom asking = new AskAtRandom(
                Rest.url(),
                Rest.anonymous().get("/q/openapi?format=json").json(),
                aWorld(),
                AnyRequestIT::keyOfAnAdmin);
        asking.ask(REQUESTS, seed);
        assertThat(asking.wrong()).as("seed " + seed).isEmpty();
        assertThat(asking.answered()).isEqualTo(REQUESTS);
    }

    private static String keyOfAnAdmin() {
        return Rest.withKey(World.bootstrapKey())
                .post("/api/v1/api-keys", "{\"name\":\"any %d\",\"role\":\"admin\"}".formatted(System.nanoTime()))
                .json()
                .get("key")
                .asText();
    }

    private static Map<String, List<String>> aWorld() {
        World world = World.empty();
        ImportScene.bundles(world);
        AssetState picture = world.picture(3, Instant.parse("2024-07-14T12:00:00Z"));
        AssetState video = new VideoScene(world).ready("clip.mp4", Instant.parse("2024-07-15T12:00:00Z"));
        Map<String, List<String>> known = new HashMap<>();
        known.put("content_hash", List.of(World.hex(picture), World.hex(video)));
        known.put("rendition", List.of("thumbnail", "thumbnail@1", "poster", "preview@1"));
        known.put("name", List.of("thumbnail", "hls"));
        known.put("path", List.of("playlist.m3u8", "init.mp4", "seg_00000.m4s"));
        known.put("sync_id", List.of(Bundles.REFERENCE, Bundles.SECOND, Bundles.WAITING, Bundles.BROKEN));
        known.put("library", List.of(World.PICTURES, "Pictures"));
        known.put("id", List.of(World.PICTURES, World.CLOUD));
        known.put("service", List.of("scanner", "ingest", "media"));
        known.put("work_class", List.of("hash", "image", "video"));
        return known;
    }
}
