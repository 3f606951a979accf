package io.sluice.gateway.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.contract.ingest.v1.AssetState;
import io.sluice.contract.media.v1.AssetRenditions;
import io.sluice.contract.media.v1.RenditionLifecycle;
import io.sluice.contract.media.v1.StoredRendition;
import io.sluice.gateway.world.GatewayInfra;
import io.sluice.gateway.world.Rest;
import io.sluice.gateway.world.World;
import io.sluice.testsupport.SluiceInfra;

/** Bytes of renditions, and what is said when there are none. */
@QuarkusTest
@WithTestResource(SluiceInfra.class)
@WithTestResource(GatewayInfra.class)
class RenditionIT {

    private static final Instant NOON = Instant.parse("2024-07-14T12:00:00Z");

    private final Rest rest = Rest.withKey(World.bootstrapKey());
    private World world;

    @BeforeEach
    void emptyWorld() {
        world = World.empty();
    }

    @Test
    void theVersionedAddressIsForEverAndTheShortOneIsNot() throws IOException {
        AssetState asset = world.picture(1, NOON);
        byte[] file = Files.readAllBytes(
                world.store().resolve(World.hex(asset).substring(0, 2) + "/" + World.hex(asset) + "/thumbnail@1.jpg"));

        Rest.Answer versioned = rest.get(rendition(asset, "thumbnail@1"));
        assertThat(versioned.status()).isEqualTo(200);
        assertThat(versioned.bytes()).isEqualTo(file);
        assertThat(versioned.header("Content-Type")).isEqualTo("image/jpeg");
        assertThat(versioned.header("Cache-Control")).isEqualTo("private, max-age=31536000, immutable");

        Rest.Answer shorter = rest.get(rendition(asset, "thumbnail"));
        assertThat(shorter.bytes()).isEqualTo(file);
        assertThat(shorter.header("Cache-Control")).isEqualTo("private, no-cache");
        assertThat(shorter.header("ETag"))
                .isEqualTo(versioned.header("ETag"))
                .startsWith("\"")
                .endsWith("\"");
        assertThat(rest.header("If-None-Match", shorter.header("ETag"))
                        .get(rendition(asset, "thumbnail"))
                        .status())
                .isEqualTo(304);
        assertThat(rest.header("Range", "bytes=0-9")
                        .get(rendition(asset, "thumbnail@1"))
                        .bytes())
                .isEqualTo(java.util.Arrays.copyOf(file, 10));
        assertThat(rest.head(rendition(asset, "thumbnail@1")).header("Content-Length"))
                .isEqualTo(Integer.toString(file.length));
    }

    @Test
    void aRenditionThatIsMadeAgainHasAnotherTag() {
        AssetState asset = world.picture(2, NOON);
        String before = rest.get(rendition(asset, "thumbnail")).header("ETag");
        world.finish(asset, 2);
        assertThat(rest.get(rendition(asset, "thumbnail")).header("ETag")).isNotEqualTo(before);
    }

    @Test
    void whatIsNotReadySaysWhy() {
        Rest.Answer pending = rest.get(rendition(world.waitingPicture(3, NOON), "thumbnail"));
        assertThat(pending.status()).isEqualTo(404);
        assertThat(pending.json().get("code").asText()).isEqualTo("rendition_pending");
        assertThat(pending.header("Retry-After")).isNotBlank();

        Rest.Answer failed = rest.get(rendition(
                world.unshowable(
                        "bomb.jpg",
                        RenditionLifecycle.RENDITION_LIFECYCLE_FAILED,
                        "child_died",
                        "The decoder died.",
                        NOON),
                "thumbnail"));
        assertThat(failed.status()).isEqualTo(404);
        assertThat(failed.json().get("code").asText()).isEqualTo("rendition_failed");
        assertThat(failed.json().get("detail").asText()).contains("The decoder died.");
        assertThat(failed.header("Retry-After")).isNull();

        Rest.Answer unsupported = rest.get(rendition(
                world.unshowable(
                        "text.jpg",
                        RenditionLifecycle.RENDITION_LIFECYCLE_UNSUPPORTED,
                        "not_an_image",
                        "This is text.",
                        NOON),
                "preview_image@1"));
        assertThat(unsupported.json().get("code").asText()).isEqualTo("rendition_unsupported");
        assertThat(unsupported.json().get("detail").asText()).contains("This is text.");
    }

    @Test
    void anAssetThatMediaHasNotHeardOfIsPending() {
        AssetState asset = world.asset("new.jpg", new byte[] {1, 2, 3}, "image/jpeg", NOON);
        assertThat(rest.get(rendition(asset, "thumbnail")).json().get("code").asText())
                .isEqualTo("rendition_pending");
    }

    @Test
    void namesThatAreNoneAreNotFound() {
        AssetState asset = world.picture(4, NOON);
        for (String name : new String[] {
            "thumbnail@2",
            "poster",
            "thumbnail@",
            "thumbnail@x",
            "Thumbnail",
            "thumbnail@1.jpg",
            "..%2f..%2fsecret",
            "a@1@1"
        }) {
            Rest.Answer answer = rest.get(rendition(asset, name));
            assertThat(answer.status()).as(name).isEqualTo(404);
            assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        }
    }

    @Test
    void oneThatCameReadyMadeIsLookedAtAgainUnderItsVersionedAddressToo() {
        AssetState asset = world.picture(8, NOON);
        AssetRenditions made = world.media.of(asset.getContentHash());
        world.media.put(AssetRenditions.newBuilder(made)
                .setRenditions(
                        0, StoredRendition.newBuilder(made.getRenditions(0)).setProvided(true))
                .build());
        String name = made.getRenditions(0).getState().getName();
        assertThat(rest.get(rendition(asset, name + "@1")).header("Cache-Control"))
                .isEqualTo("private, no-cache");
    }

    @Test
    void aLostOrForeignFileIsNotServed() throws IOException {
        AssetState asset = world.picture(5, NOON);
        Files.delete(
                world.store().resolve(World.hex(asset).substring(0, 2) + "/" + World.hex(asset) + "/thumbnail@1.jpg"));
        Rest.Answer lost = rest.get(rendition(asset, "thumbnail"));
        assertThat(lost.status()).isEqualTo(503);
        assertThat(lost.json().get("code").asText()).isEqualTo("store_unavailable");

        AssetState other = world.picture(6, NOON);
        Files.write(world.store().resolveSibling("outside"), new byte[10]);
        world.media.put(AssetRenditions.newBuilder()
                .setContentHash(other.getContentHash())
                .addRenditions(StoredRendition.newBuilder()
                        .setState(io.sluice.contract.media.v1.RenditionState.newBuilder()
                                .setName("thumbnail")
                                .setProfileVersion(1)
                                .setLifecycle(RenditionLifecycle.RENDITION_LIFECYCLE_READY)
                                .setMediaType("image/jpeg")
                                .setBytes(10))
                        .setFile("../outside"))
                .build());
        assertThat(rest.get(rendition(other, "thumbnail")).status()).isEqualTo(404);
    }

    @Test
    void withoutMediaItIsUnavailable() {
        AssetState asset = world.picture(7, NOON);
        world.stopMedia();
        try {
            Rest.Answer answer = rest.get(rendition(asset, "thumbnail"));
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.header("Retry-After")).isNotBlank();
        } finally {
            world.startMedia();
        }
    }

    private static String rendition(AssetState asset, String name) {
        return "/api/v1/assets/" + World.hex(asset) + "/renditions/" + name;
    }
}
