package io.sluice.gateway.bytes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.contract.ingest.v1.AssetState;
import io.sluice.contract.media.v1.RenditionLifecycle;
import io.sluice.gateway.world.GatewayInfra;
import io.sluice.gateway.world.Rest;
import io.sluice.gateway.world.VideoScene;
import io.sluice.gateway.world.World;
import io.sluice.testsupport.SluiceInfra;

/** Playlists and segments at the one address of a video's stream. */
@QuarkusTest
@WithTestResource(SluiceInfra.class)
@WithTestResource(GatewayInfra.class)
class StreamIT {

    private static final Instant NOON = Instant.parse("2024-07-14T12:00:00Z");

    /** Names that lead, or would lead a careless server, out of the stream's folder or to what is no file of it. */
    private static final List<String> ATTACKS = List.of(
            "../thumbnail@1.jpg",
            "..%2fthumbnail@1.jpg",
            "%2e%2e/thumbnail@1.jpg",
            "%2e%2e%2fthumbnail@1.jpg",
            "..%252fthumbnail@1.jpg",
            "sub/../../thumbnail@1.jpg",
            "sub%2f..%2f..%2fthumbnail@1.jpg",
            "..%2f..%2f..%2fOTHER%2fhls@1%2fsecret.mp4",
            "/etc/passwd",
            "%2fetc%2fpasswd",
            "//etc/passwd",
            "seg_00000.m4s%00.jpg",
            "seg_00000.m4s/x",
            "%00",
            ".",
            "sub",
            "sub/",
            ".hidden.mp4",
            "seg_00009.m4s.tmp",
            "out.mp4",
            "outside/secret.mp4",
            "%5c..%5c..%5cpasswd",
            "%ff%fe",
            "%",
            "pipe.mp4",
            "n".repeat(300));

    private final Rest rest = Rest.withKey(World.bootstrapKey());
    private World world;
    private VideoScene videos;

    @BeforeEach
    void emptyWorld() {
        world = World.empty();
        videos = new VideoScene(world);
    }

    @Test
    void aPlayerLoadsThePlaylistAndWhatItNames() {
        AssetState video = videos.ready("clip.mp4", NOON);
        Map<String, byte[]> tree = VideoScene.tree(video, 3, true);

        Rest.Answer playlist = rest.get(hls(video, "playlist.m3u8"));
        assertThat(playlist.status()).isEqualTo(200);
        assertThat(playlist.bytes()).isEqualTo(tree.get("playlist.m3u8"));
        assertThat(playlist.header("Content-Type")).isEqualTo("application/vnd.apple.mpegurl");
        assertThat(playlist.header("Cache-Control")).isEqualTo("private, no-cache");
        String etag = playlist.header("ETag");
        assertThat(rest.header("If-None-Match", etag)
                        .get(hls(video, "playlist.m3u8"))
                        .status())
                .isEqualTo(304);
        Rest.Answer head = rest.head(hls(video, "playlist.m3u8"));
        assertThat(head.header("Content-Length")).isEqualTo(Integer.toString(playlist.bytes().length));
        assertThat(head.header("ETag")).isEqualTo(etag);
        assertThat(head.bytes()).isEmpty();

        Rest.Answer init = rest.get(hls(video, "init.mp4"));
        assertThat(init.bytes()).isEqualTo(tree.get("init.mp4"));
        assertThat(init.header("Content-Type")).isEqualTo("video/mp4");
        assertThat(world.media.played()).as("what is made is not begun").isEmpty();
    }

    @Test
    void segmentsAnswerRangesConditionsAndHead() {
        AssetState video = videos.ready("clip.mp4", NOON);
        byte[] segment = VideoScene.tree(video, 3, true).get("seg_00001.m4s");
        String address = hls(video, "seg_00001.m4s");

        Rest.Answer whole = rest.get(address);
        assertThat(whole.bytes()).isEqualTo(segment);
        assertThat(whole.header("Content-Type")).isEqualTo("video/iso.segment");
        assertThat(whole.header("Cache-Control")).isEqualTo("private, max-age=3600");
        assertThat(whole.header("Accept-Ranges")).isEqualTo("bytes");
        String etag = whole.header("ETag");
        assertThat(etag).startsWith("\"" + World.hex(video)).endsWith("\"");
        assertThat(rest.get(hls(video, "seg_00002.m4s")).header("ETag")).isNotEqualTo(etag);

        Rest.Answer part = rest.header("Range", "bytes=5-24").get(address);
        assertThat(part.status()).isEqualTo(206);
        assertThat(part.bytes()).isEqualTo(Arrays.copyOfRange(segment, 5, 25));
        assertThat(part.header("Content-Range")).isEqualTo("bytes 5-24/" + segment.length);
        assertThat(rest.header("Range", "bytes=5-24")
                        .header("If-Range", "\"other\"")
                        .get(address)
                        .bytes())
                .isEqualTo(segment);
        assertThat(rest.header("Range", "bytes=999999-").get(address).status()).isEqualTo(416);
        assertThat(rest.header("If-None-Match", etag).get(address).status()).isEqualTo(304);
        assertThat(rest.header("If-Match", "\"other\"").get(address).status()).isEqualTo(412);
        Rest.Answer head = rest.head(address);
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("Content-Length")).isEqualTo(Integer.toString(segment.length));
        assertThat(head.bytes()).isEmpty();
    }

    @Test
    void whoeverAsksForThePlaylistOfAStreamThatNobodyBeganHasItBegun() {
        AssetState video = videos.pending("clip.mp4", NOON);
        world.media.whenPlayed(video.getContentHash(), () -> videos.grow(video, 1, 100));

        Rest.Answer playlist = rest.get(hls(video, "playlist.m3u8"));

        assertThat(playlist.status()).isEqualTo(200);
        assertThat(playlist.text()).contains("seg_00000.m4s").doesNotContain("ENDLIST");
        assertThat(world.media.played()).hasSize(1);
        assertThat(world.media.played().getFirst().getWaitMs()).isBetween(1, 10_000);
    }

    @Test
    void aGrowingStreamIsServedAsItIsAndGoesOnWhenItIsWhole() {
        AssetState video = videos.pending("clip.mp4", NOON);
        videos.grow(video, 1, 300);
        Rest.Answer first = rest.get(hls(video, "playlist.m3u8"));
        assertThat(rest.get(hls(video, "seg_00000.m4s")).status()).isEqualTo(200);
        assertThat(rest.get(hls(video, "seg_00000.m4s")).header("Cache-Control"))
                .as("it may yet be made again")
                .isEqualTo("private, no-cache");
        assertThat(rest.get(hls(video, "seg_00001.m4s")).status()).isEqualTo(404);

        videos.grow(video, 2, 600);
        Rest.Answer second = rest.header("If-None-Match", first.header("ETag")).get(hls(video, "playlist.m3u8"));
        assertThat(second.status()).isEqualTo(200);
        assertThat(second.text()).contains("seg_00001.m4s");

        videos.finish(video, VideoScene.tree(video, 3, true));
        assertThat(rest.get(hls(video, "playlist.m3u8")).text())
                .contains("seg_00002.m4s")
                .contains("ENDLIST");
        assertThat(rest.get(hls(video, "seg_00000.m4s")).header("Cache-Control"))
                .isEqualTo("private, max-age=3600");
        assertThat(world.media.played()).as("it ran already").isEmpty();
    }

    @Test
    void aStreamThatNobodyIsFreeToBeginIsWorthAskingForAgain() {
        AssetState video = videos.pending("clip.mp4", NOON);
        Rest.Answer answer = rest.get(hls(video, "playlist.m3u8"));
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.json().get("code").asText()).isEqualTo("rendition_pending");
        assertThat(answer.response().headers().allValues("Retry-After")).containsExactly("1");
        assertThat(rest.get(hls(video, "seg_00000.m4s")).status()).isEqualTo(503);
        assertThat(world.media.played()).as("a segment begins nothing").hasSize(1);
    }

    @Test
    void aStreamThatEndedWithoutFilesSaysWhy() {
        AssetState cut = videos.ended(
                "cut.mp4", RenditionLifecycle.RENDITION_LIFECYCLE_UNSUPPORTED, "video_damaged", "It ends early.", NOON);
        Rest.Answer unsupported = rest.get(hls(cut, "playlist.m3u8"));
        assertThat(unsupported.status()).isEqualTo(404);
        assertThat(unsupported.json().get("code").asText()).isEqualTo("rendition_unsupported");
        assertThat(unsupported.json().get("detail").asText()).contains("It ends early.");
        AssetState bomb = videos.ended(
                "bomb.mp4", RenditionLifecycle.RENDITION_LIFECYCLE_FAILED, "child_died", "ffmpeg died.", NOON);
        assertThat(rest.get(hls(bomb, "playlist.m3u8")).json().get("code").asText())
                .isEqualTo("rendition_failed");
        assertThat(world.media.played()).as("only a redo tries again").isEmpty();

        AssetState picture = world.picture(1, NOON);
        assertThat(rest.get(hls(picture, "playlist.m3u8")).status()).isEqualTo(404);
        assertThat(rest.get(hls(picture, "init.mp4")).status())
                .as("there will never be one")
                .isEqualTo(404);
        assertThat(rest.get("/api/v1/assets/" + "0".repeat(64) + "/hls/playlist.m3u8")
                        .status())
                .isEqualTo(404);
        AssetState fresh = world.asset("fresh.mp4", "fresh".getBytes(UTF_8), "video/mp4", NOON);
        assertThat(rest.get(hls(fresh, "playlist.m3u8")).json().get("code").asText())
                .as("media has not heard of it yet")
                .isEqualTo("rendition_pending");
    }

    @Test
    void aDeliveredStreamKeepsItsNamesAndHasTheSameAddress() {
        AssetState video = videos.pending("clip.mp4", NOON);
        videos.deliver(
                video,
                "index.m3u8",
                Map.of(
                        "index.m3u8", "#EXTM3U\n720p/video.m3u8\n".getBytes(UTF_8),
                        "720p/video.m3u8", "#EXTM3U\n0.ts\n".getBytes(UTF_8),
                        "720p/0.ts", "a segment".getBytes(UTF_8),
                        "720p/de.vtt", "WEBVTT\n".getBytes(UTF_8)));
        assertThat(rest.get(hls(video, "playlist.m3u8")).text()).contains("720p/video.m3u8");
        assertThat(rest.get(hls(video, "720p/video.m3u8")).header("Content-Type"))
                .isEqualTo("application/vnd.apple.mpegurl");
        assertThat(rest.get(hls(video, "720p/0.ts")).text()).isEqualTo("a segment");
        assertThat(rest.get(hls(video, "720p/de.vtt")).header("Content-Type")).startsWith("text/vtt");
    }

    @Test
    void nothingButTheStreamsOwnFilesIsReached() throws Exception {
        AssetState video = videos.ready("clip.mp4", NOON);
        AssetState other = videos.ready("other.mp4", NOON);
        Path folder = world.store().resolve(VideoScene.folder(video, "hls@1"));
        Path secret = world.store().resolve(VideoScene.folder(other, "hls@1")).resolve("secret.mp4");
        Files.writeString(secret, "secret of another asset");
        Files.createDirectories(folder.resolve("sub"));
        Files.createSymbolicLink(folder.resolve("out.mp4"), secret);
        Files.createSymbolicLink(folder.resolve("outside"), secret.getParent());
        Files.writeString(folder.resolve(".hidden.mp4"), "secret of ours");
        Files.writeString(folder.resolve("seg_00009.m4s.tmp"), "secret of ours");
        assertThat(new ProcessBuilder("mkfifo", folder.resolve("pipe.mp4").toString())
                        .start()
                        .waitFor())
                .isZero();

        for (String attack : ATTACKS) {
            String answer = raw("GET " + hls(video, attack.replace("OTHER", World.hex(other))));
            assertThat(answer).as(attack).matches("(?s)HTTP/1.1 (400|404) .*");
            assertThat(answer)
                    .as(attack)
                    .doesNotContain("secret of")
                    .doesNotContain("root:x:")
                    .doesNotContain("JFIF");
        }
    }

    @Test
    void aLostStreamIsTheStoresFault() throws IOException {
        AssetState video = videos.ready("clip.mp4", NOON);
        Path folder = world.store().resolve(VideoScene.folder(video, "hls@1"));
        Files.delete(folder.resolve("playlist.m3u8"));
        Rest.Answer lost = rest.get(hls(video, "playlist.m3u8"));
        assertThat(lost.status()).isEqualTo(503);
        assertThat(lost.json().get("code").asText()).isEqualTo("store_unavailable");
    }

    @Test
    void withoutMediaItIsUnavailable() {
        AssetState video = videos.ready("clip.mp4", NOON);
        world.stopMedia();
        try {
            Rest.Answer answer = rest.get(hls(video, "playlist.m3u8"));
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.json().get("code").asText()).isEqualTo("service_unavailable");
            assertThat(answer.header("Retry-After")).isNotBlank();
        } finally {
            world.startMedia();
        }
    }

    /** As bytes on the wire: no client tidies the path up. */
    private static String raw(String request) throws IOException {
        return Rest.raw(request + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + World.bootstrapKey()
                + "\r\nConnection: close\r\n\r\n");
    }

    private static String hls(AssetState video, String path) {
        return "/api/v1/assets/" + World.hex(video) + "/hls/" + path;
    }
}
