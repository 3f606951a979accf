package io.sluice.gateway.asset;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.contract.ingest.v1.AssetState;
import io.sluice.contract.ingest.v1.FileLocation;
import io.sluice.contract.ingest.v1.MediaKind;
import io.sluice.contract.media.v1.RenditionLifecycle;
import io.sluice.gateway.world.GatewayInfra;
import io.sluice.gateway.world.Rest;
import io.sluice.gateway.world.World;
import io.sluice.testsupport.SluiceInfra;

/** Lists and single assets, joined from ingest and media. */
@QuarkusTest
@WithTestResource(SluiceInfra.class)
@WithTestResource(GatewayInfra.class)
class AssetsIT {

    private static final Instant NOON = Instant.parse("2024-07-14T12:00:00Z");

    private final Rest rest = Rest.withKey(World.bootstrapKey());
    private World world;

    @BeforeEach
    void emptyWorld() {
        world = World.empty();
    }

    @Test
    void anItemHasEverythingThatAGridNeeds() {
        AssetState asset = world.picture(1, NOON);
        String hex = World.hex(asset);

        JsonNode item = rest.get("/api/v1/assets").json().get("items").get(0);

        assertThat(item.get("content_hash").asText()).isEqualTo(hex);
        assertThat(item.get("short_hash").asText()).isEqualTo(hex.substring(0, 16));
        assertThat(item.get("kind").asText()).isEqualTo("image");
        assertThat(item.get("subtype").isNull()).as("a file of a library").isTrue();
        assertThat(item.get("media_type").asText()).isEqualTo("image/jpeg");
        assertThat(item.get("state").asText()).isEqualTo("live");
        assertThat(item.get("size").asLong()).isEqualTo(asset.getSize());
        assertThat(item.get("taken_at").get("at").asText()).isEqualTo("2024-07-14T12:00:00Z");
        assertThat(item.get("taken_at").get("source").asText()).isEqualTo("exif");
        assertThat(item.get("dimensions").get("width").asInt()).isPositive();
        assertThat(item.get("thumbhash").asText()).isNotEmpty();
        assertThat(item.get("location").get("library").asText()).isEqualTo("Pictures");
        assertThat(item.get("location").get("path").asText()).isEqualTo("0001.jpg");
        assertThat(item.get("location").get("path_b64").isNull()).isTrue();
        JsonNode thumbnail = item.get("renditions").get(0);
        assertThat(thumbnail.get("name").asText()).isEqualTo("thumbnail");
        assertThat(thumbnail.get("profile").asText()).isEqualTo("thumbnail@1");
        assertThat(thumbnail.get("state").asText()).isEqualTo("ready");
        assertThat(thumbnail.get("reason").isNull()).isTrue();
        assertThat(thumbnail.get("width").asInt()).isBetween(1, 250);
        assertThat(thumbnail.get("url").asText()).isEqualTo("/api/v1/assets/" + hex + "/renditions/thumbnail@1");
    }

    @Test
    void aPageCostsMediaOneCall() {
        for (int i = 0; i < 60; i++) {
            world.asset("many/" + i, ("file " + i).getBytes(UTF_8), "image/png", NOON.plusSeconds(i));
        }
        int before = world.media.calls();

        JsonNode page = rest.get("/api/v1/assets").json();

        assertThat(page.get("items")).hasSize(50);
        assertThat(world.media.calls() - before).isEqualTo(1);
    }

    @Test
    void pagesFollowEachOtherNewestFirst() {
        for (int i = 0; i < 25; i++) {
            world.asset("pages/" + i, ("page " + i).getBytes(UTF_8), "image/png", NOON.plusSeconds(i));
        }
        List<Instant> times = new ArrayList<>();
        String cursor = "";
        int pages = 0;
        do {
            JsonNode page = rest.get("/api/v1/assets?limit=10" + (cursor.isEmpty() ? "" : "&cursor=" + cursor))
                    .json();
            page.get("items")
                    .forEach(item -> times.add(
                            Instant.parse(item.get("taken_at").get("at").asText())));
            cursor = page.get("next_cursor").isNull()
                    ? ""
                    : page.get("next_cursor").asText();
            pages++;
        } while (!cursor.isEmpty());

        assertThat(pages).isEqualTo(3);
        assertThat(times).hasSize(25).isSortedAccordingTo((one, other) -> other.compareTo(one));
    }

    @Test
    void aLargerLimitIsTheLargest() {
        rest.get("/api/v1/assets?limit=100000");
        assertThat(world.ingest.lastList().getLimit()).isEqualTo(500);
        rest.get("/api/v1/assets");
        assertThat(world.ingest.lastList().getLimit()).isEqualTo(50);
    }

    @Test
    void filtersReachTheOwner() {
        rest.get(
                "/api/v1/assets?library=Pictures&kind=video&taken_from=2024-01-01T00:00:00Z&taken_to=2025-01-01T02:00:00%2B02:00");
        assertThat(world.ingest.lastList().getLibraryId()).isEqualTo(World.PICTURES);
        assertThat(world.ingest.lastList().getKind()).isEqualTo(MediaKind.MEDIA_KIND_VIDEO);
        assertThat(world.ingest.lastList().getTakenFrom().getSeconds()).isEqualTo(1704067200);
        assertThat(world.ingest.lastList().getTakenTo().getSeconds()).isEqualTo(1735689600);
        rest.get("/api/v1/assets?library=" + World.AWAY);
        assertThat(world.ingest.lastList().getLibraryId()).isEqualTo(World.AWAY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=0",
                "limit=-1",
                "limit=many",
                "cursor=%00garbage",
                "cursor=nonsense",
                "library=nobody",
                "kind=painting",
                "taken_from=yesterday",
                "taken_to=2024-13-01T00:00:00Z"
            })
    void wrongParametersAreNamed(String query) {
        Rest.Answer answer = rest.get("/api/v1/assets?" + query);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("code").asText()).isEqualTo("invalid_request");
        assertThat(answer.json().get("detail").asText()).startsWith(query.substring(0, query.indexOf('=')));
    }

    @Test
    void withoutMediaTheListStillAnswersAndRecovers() {
        world.picture(2, NOON);
        world.stopMedia();
        try {
            Rest.Answer answer = rest.get("/api/v1/assets");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json().get("items").get(0).get("renditions").isNull())
                    .isTrue();
            assertThat(answer.json().get("degraded").get(0).get("service").asText())
                    .isEqualTo("media");
            assertThat(answer.json().get("degraded").get(0).get("code").asText())
                    .isEqualTo("service_unavailable");
            assertThat(rest.get("/api/v1/assets/" + firstHash() + "/renditions").status())
                    .isEqualTo(503);
        } finally {
            world.startMedia();
        }
        Awaitility.await("media is asked again soon after it is back")
                .atMost(Duration.ofSeconds(5))
                .until(() -> rest.get("/api/v1/assets").json().get("degraded").isEmpty());
    }

    @Test
    void aReasonStandsAtARenditionThatCannotBe() {
        AssetState asset = world.unshowable(
                "notes.jpg", RenditionLifecycle.RENDITION_LIFECYCLE_UNSUPPORTED, "not_an_image", "This is text.", NOON);
        JsonNode rendition = rest.get("/api/v1/assets/" + World.hex(asset) + "/renditions")
                .json()
                .get("items")
                .get(0);
        assertThat(rendition.get("state").asText()).isEqualTo("unsupported");
        assertThat(rendition.get("error_code").asText()).isEqualTo("not_an_image");
        assertThat(rendition.get("reason").asText()).isEqualTo("This is text.");
        assertThat(rendition.get("url").isNull()).isTrue();
    }

    @Test
    void oneAssetIsToldWhole() {
        AssetState asset = world.picture(3, NOON);
        JsonNode told = rest.get("/api/v1/assets/" + World.hex(asset)).json();
        assertThat(told.get("content_hash").asText()).isEqualTo(World.hex(asset));
        assertThat(told.get("header").get("camera_make").asText()).isEqualTo("Sluice");
        assertThat(told.get("header").has("iso")).isFalse();
        assertThat(told.get("format").asText()).isEqualTo("jpeg");
        assertThat(told.get("locations")).hasSize(1);
        assertThat(told.get("renditions")).hasSize(2);
        assertThat(told.get("superseded_by").isNull()).isTrue();
    }

    @Test
    void anAssetThatMediaHasNotHeardOfHasNoRenditionsYet() {
        AssetState asset = world.asset("fresh.png", "fresh".getBytes(UTF_8), "image/png", NOON);
        assertThat(rest.get("/api/v1/assets/" + World.hex(asset) + "/renditions")
                        .json()
                        .get("items"))
                .isEmpty();
        assertThat(rest.get("/api/v1/assets").json().get("items").get(0).get("renditions"))
                .isEmpty();
    }

    @Test
    void locationsArePaged() {
        AssetState one = world.asset("a.png", "copies".getBytes(UTF_8), "image/png", NOON);
        AssetState.Builder many = one.toBuilder();
        for (int i = 0; i < 6; i++) {
            many.addLocations(FileLocation.newBuilder(one.getLocations(0))
                    .setPath(ByteString.copyFrom(new byte[] {'b', (byte) 0xff, (byte) ('0' + i)})));
        }
        world.ingest.put(many.setLocationCount(7).build());
        String path = "/api/v1/assets/" + World.hex(one) + "/locations?limit=5";
        JsonNode first = rest.get(path).json();
        JsonNode second =
                rest.get(path + "&cursor=" + first.get("next_cursor").asText()).json();
        assertThat(first.get("items")).hasSize(5);
        assertThat(second.get("items")).hasSize(2);
        assertThat(second.get("next_cursor").isNull()).isTrue();
        assertThat(first.get("items").get(1).get("path").asText()).isEqualTo("b\ufffd0");
        assertThat(first.get("items").get(1).get("path_b64").asText()).isEqualTo("Yv8w");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "/locations", "/renditions", "/original", "/renditions/thumbnail", "/renditions/thumbnail@1"
            })
    void unknownAndImpossibleHashesAreToldApart(String tail) {
        assertThat(rest.get("/api/v1/assets/" + "0".repeat(64) + tail).status()).isEqualTo(404);
        for (String wrong : List.of("0".repeat(63), "A".repeat(64), "0".repeat(65), "zz")) {
            Rest.Answer answer = rest.get("/api/v1/assets/" + wrong + tail);
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        }
    }

    @Test
    void theTraceOfARequestGoesOnInside() {
        String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        Rest.Answer answer = rest.header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01")
                .get("/api/v1/assets");
        assertThat(answer.header("Trace-Id")).isEqualTo(trace);
        assertThat(world.lastTraceparentOfIngest()).startsWith("00-" + trace + "-");
    }

    private String firstHash() {
        return rest.get("/api/v1/assets")
                .json()
                .get("items")
                .get(0)
                .get("content_hash")
                .asText();
    }
}
