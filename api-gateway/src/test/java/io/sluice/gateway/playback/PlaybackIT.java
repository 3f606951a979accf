package io.sluice.gateway.playback;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import jakarta.inject.Inject;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.contract.ingest.v1.AssetState;
import io.sluice.contract.media.v1.RenditionLifecycle;
import io.sluice.gateway.asset.ContentHash;
import io.sluice.gateway.world.GatewayInfra;
import io.sluice.gateway.world.Rest;
import io.sluice.gateway.world.VideoScene;
import io.sluice.gateway.world.World;
import io.sluice.testsupport.SluiceInfra;

/** Signed addresses: what they open, and everything that they do not. */
@QuarkusTest
@WithTestResource(SluiceInfra.class)
@WithTestResource(GatewayInfra.class)
class PlaybackIT {

    private static final Instant NOON = Instant.parse("2024-07-14T12:00:00Z");
    private static final List<String> OPENED =
            List.of("/hls/playlist.m3u8", "/hls/seg_00000.m4s", "/original", "/poster");

    private final Rest admin = Rest.withKey(World.bootstrapKey());
    private final Rest player = Rest.anonymous();
    private World world;
    private VideoScene videos;

    @Inject
    PlaybackTokens tokens;

    @BeforeEach
    void emptyWorld() {
        world = World.empty();
        videos = new VideoScene(world);
    }

    @Test
    void aPlayerWithoutAnyCredentialPlaysWhatTheAddressNames() {
        AssetState video = videos.ready("clip.mp4", NOON);
        JsonNode playback = play(admin, video, "{}");
        assertThat(playback.get("state").asText()).isEqualTo("ready");
        assertThat(playback.get("progress").asDouble()).isEqualTo(1);
        assertThat(endsIn(playback)).isBetween(Duration.ofHours(6).minusMinutes(1), Duration.ofHours(6));

        Rest.Answer playlist = player.get(playback.get("hls_url").asText());
        assertThat(playlist.status()).isEqualTo(200);
        String base = playback.get("hls_url").asText().replace("playlist.m3u8", "");
        Rest.Answer segment = player.header("Range", "bytes=0-9").get(base + "seg_00000.m4s");
        assertThat(segment.status()).isEqualTo(206);
        assertThat(segment.bytes()).hasSize(10);
        assertThat(player.head(base + "init.mp4").status()).isEqualTo(200);
        assertThat(player.get(playback.get("original_url").asText()).text()).isEqualTo("bytes of clip.mp4");
        assertThat(player.header("Range", "bytes=-3")
                        .get(playback.get("original_url").asText())
                        .text())
                .isEqualTo("mp4");
        assertThat(player.get(playback.get("poster_url").asText()).header("Content-Type"))
                .isEqualTo("image/jpeg");
        assertThat(admin.get(playback.get("hls_url").asText()).status())
                .as("a key beside it does no harm")
                .isEqualTo(200);
    }

    @Test
    void anAddressCanBeGivenForAMinuteToAWeek() {
        AssetState video = videos.ready("clip.mp4", NOON);
        assertThat(endsIn(play(admin, video, "{\"expires_in_seconds\":60}")))
                .isBetween(Duration.ofSeconds(50), Duration.ofSeconds(60));
        assertThat(endsIn(play(admin, video, "{\"expires_in_seconds\":604800}")))
                .isGreaterThan(Duration.ofDays(6));
        for (String wrong : List.of("59", "604801", "-1", "\"soon\"")) {
            assertThat(admin.post(address(video), "{\"expires_in_seconds\":" + wrong + "}")
                            .status())
                    .as(wrong)
                    .isEqualTo(400);
        }
        assertThat(admin.post(address(video), "{\"expires_in\":60}").status()).isEqualTo(400);
    }

    @Test
    void aStreamThatNobodyBeganIsBegunAndItsAddressCanBeLoadedAtOnce() {
        AssetState video = videos.pending("clip.mp4", NOON);
        JsonNode pending = play(admin, video, "{}");
        assertThat(pending.get("state").asText()).isEqualTo("pending");
        assertThat(pending.get("progress").asDouble()).isZero();
        assertThat(world.media.played()).hasSize(1);

        world.media.whenPlayed(video.getContentHash(), () -> videos.grow(video, 1, 250));
        Rest.Answer playlist = player.get(pending.get("hls_url").asText());
        assertThat(playlist.text()).contains("seg_00000.m4s");
        JsonNode running = play(admin, video, "{}");
        assertThat(running.get("state").asText()).isEqualTo("running");
        assertThat(running.get("progress").asDouble()).isEqualTo(0.25);
    }

    @Test
    void whatHasNoStreamSaysWhyAndStillHasItsOriginal() {
        AssetState video = videos.ended(
                "cut.mp4", RenditionLifecycle.RENDITION_LIFECYCLE_UNSUPPORTED, "video_damaged", "It ends early.", NOON);
        JsonNode playback = play(admin, video, "{}");
        assertThat(playback.get("state").asText()).isEqualTo("unsupported");
        assertThat(playback.get("reason").asText()).isEqualTo("It ends early.");
        assertThat(playback.get("hls_url").isNull()).isTrue();
        assertThat(player.get(playback.get("original_url").asText()).status()).isEqualTo(200);
        assertThat(admin.post(address(world.picture(1, NOON)), "{}").status()).isEqualTo(404);
        assertThat(admin.post("/api/v1/assets/" + "0".repeat(64) + "/playback", "{}")
                        .status())
                .isEqualTo(404);
        world.stopMedia();
        try {
            assertThat(admin.post(address(video), "{}").status()).isEqualTo(503);
        } finally {
            world.startMedia();
        }
    }

    @Test
    void anAddressOpensOneAssetAndNothingElse() {
        AssetState video = videos.ready("clip.mp4", NOON);
        AssetState other = videos.ready("other.mp4", NOON);
        String token = token(play(admin, video, "{}"));
        String others = "/api/v1/playback/" + token + "/hls/..%2f..%2f" + World.hex(other) + "%2fhls@1%2finit.mp4";
        assertThat(player.get(others).status()).isEqualTo(404);
        for (String elsewhere : List.of(
                "/api/v1/assets/" + World.hex(video),
                "/api/v1/assets/" + World.hex(video) + "/original",
                "/api/v1/assets",
                "/api/v1/work")) {
            assertThat(Rest.withKey(token).get(elsewhere).status()).isEqualTo(401);
            assertThat(Rest.withCookie(token).get(elsewhere).status()).isEqualTo(401);
        }
        assertThat(player.send("POST", "/api/v1/playback/" + token + "/original", null)
                        .status())
                .isEqualTo(405);
        assertThat(player.get("/api/v1/playback/" + token + "/thumbnail").status())
                .isEqualTo(404);
    }

    @Test
    void everyBitOfATokenMatters() {
        AssetState video = videos.ready("clip.mp4", NOON);
        String token = token(play(admin, video, "{}"));
        byte[] bytes = Base64.getUrlDecoder().decode(token);
        List<String> forged = new ArrayList<>();
        for (int at = 0; at < bytes.length; at++) {
            byte[] altered = bytes.clone();
            altered[at] ^= (byte) (1 << (at % 8));
            forged.add(Base64.getUrlEncoder().withoutPadding().encodeToString(altered));
        }
        forged.addAll(List.of(
                "x",
                token + "A",
                token.substring(1),
                token.substring(0, token.length() - 1),
                token + "=",
                token.substring(0, token.length() - 1) + (token.endsWith("B") ? "C" : "B"),
                "A".repeat(token.length()),
                "%00" + token.substring(1),
                "A".repeat(3000)));
        List<String> opened = forged.stream()
                .filter(candidate -> player.get("/api/v1/playback/" + candidate + "/original")
                                .status()
                        != 403)
                .toList();
        assertThat(opened).isEmpty();
        assertThat(player.get("/api/v1/playback/" + token + "/original").status())
                .isEqualTo(200);
    }

    @Test
    void aTokenEndsInTime() {
        AssetState video = videos.ready("clip.mp4", NOON);
        ContentHash hash = new ContentHash(World.hex(video));
        UUID key = tokens.open(token(play(admin, video, "{}"))).keyId();
        String over = tokens.sign(new PlaybackGrant(hash, Instant.now().minusSeconds(1), key));
        for (String opened : OPENED) {
            Rest.Answer answer = player.get("/api/v1/playback/" + over + opened);
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.json().get("code").asText()).isEqualTo("playback_expired");
            assertThat(answer.json().get("detail").asText()).contains("POST /api/v1/assets/{content_hash}/playback");
            assertThat(answer.text()).doesNotContain(over);
        }
        String nobodys = tokens.sign(new PlaybackGrant(hash, Instant.now().plusSeconds(60), UUID.randomUUID()));
        assertThat(player.get("/api/v1/playback/" + nobodys + "/original").status())
                .isEqualTo(403);
    }

    @Test
    void aTokenDiesWithItsKeyAtOnce() {
        AssetState video = videos.ready("clip.mp4", NOON);
        JsonNode issued = admin.post(
                        "/api/v1/api-keys", "{\"name\":\"player " + System.nanoTime() + "\",\"role\":\"viewer\"}")
                .json();
        String token = token(play(Rest.withKey(issued.get("key").asText()), video, "{}"));
        for (String opened : OPENED) {
            assertThat(player.get("/api/v1/playback/" + token + opened).status())
                    .isEqualTo(200);
        }
        assertThat(admin.delete("/api/v1/api-keys/" + issued.get("id").asText()).status())
                .isEqualTo(204);
        for (String opened : OPENED) {
            assertThat(player.get("/api/v1/playback/" + token + opened).status())
                    .isEqualTo(403);
        }
    }

    @Test
    void noLogAndNoMeterHoldsAToken() {
        AssetState video = videos.ready("clip.mp4", NOON);
        List<String> logged = new CopyOnWriteArrayList<>();
        Handler listener = new Handler() {
            @Override
            public void publish(LogRecord line) {
                logged.add(
                        line.getLoggerName() + " " + line.getMessage() + " " + Arrays.toString(line.getParameters()));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger root = Logger.getLogger("");
        Logger access = Logger.getLogger("io.quarkus.http.access-log");
        root.addHandler(listener);
        access.addHandler(listener);
        try {
            String token = token(play(admin, video, "{}"));
            for (String tail : List.of("/hls/playlist.m3u8", "/hls/nothing.m4s", "/original", "/nothing", "")) {
                player.get("/api/v1/playback/" + token + tail);
            }
            String over = token.substring(0, token.length() - 4) + "AAAA";
            player.get("/api/v1/playback/" + over + "/original");
            String body = token.substring(10, 60);
            String tail = token.substring(20, 80);
            Awaitility.await("the access log is written when an answer has ended")
                    .until(() -> logged.stream()
                                    .filter(line -> line.contains("/playback/…"))
                                    .count()
                            >= 6);
            assertThat(logged).noneMatch(line -> line.contains(body) || line.contains(tail));
            assertThat(player.get("/q/metrics").text()).doesNotContain(body).doesNotContain(tail);
        } finally {
            root.removeHandler(listener);
            access.removeHandler(listener);
        }
    }

    private static Duration endsIn(JsonNode playback) {
        return Duration.between(
                Instant.now(), Instant.parse(playback.get("expires_at").asText()));
    }

    private static JsonNode play(Rest rest, AssetState video, String body) {
        Rest.Answer answer = rest.post(address(video), body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        return answer.json();
    }

    private static String token(JsonNode playback) {
        return playback.get("original_url").asText().replaceFirst("/api/v1/playback/(.*)/original", "$1");
    }

    private static String address(AssetState video) {
        return "/api/v1/assets/" + World.hex(video) + "/playback";
    }
}
