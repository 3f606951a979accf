package io.sluice.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;

import io.sluice.localstack.LocalStack;
import io.sluice.localstack.demo.DemoFile;
import io.sluice.localstack.demo.DemoVideos;
import io.sluice.localstack.demo.VideoBundle;

/** Every demo video plays in a browser, through the console and by a signed address, or says why it does not. */
class VideoSystemTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    static Path folder;

    private static LocalStack stack;
    private static SluiceClient client;
    private static List<DemoFile> written;

    /** By path below the library. */
    private static Map<String, JsonNode> videos;

    @BeforeAll
    static void start() throws Exception {
        Path library = Files.createDirectories(folder.resolve("videos"));
        Path mount = Files.createDirectories(folder.resolve("handover"));
        written = DemoVideos.write(library);
        VideoBundle.write(mount);
        stack = LocalStack.builder(folder.resolve("stack"))
                .library("videos", library)
                .handover("upstream", mount)
                .start();
        client = new SluiceClient(stack.gatewayUrl(), stack.operatorKey());
        Batch batch = new Batch(client, VideoBundle.SYNC_ID);
        batch.awaitState("discovered");
        batch.queue();
        batch.awaitState("imported");
        Awaitility.await("all videos are made or explained")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> {
                    videos = client.assets().stream()
                            .collect(Collectors.toMap(
                                    asset -> asset.get("location").get("path").asText(), asset -> asset));
                    assertThat(videos).hasSize(written.size() + VideoBundle.ITEMS);
                    assertThat(videos.values()).allSatisfy(VideoSystemTest::isEnded);
                });
    }

    @AfterAll
    static void stop() {
        if (stack != null) {
            stack.close();
        }
    }

    private static void isEnded(JsonNode asset) {
        assertThat(asset.get("renditions")).isNotEmpty().allSatisfy(rendition -> assertThat(
                        rendition.get("state").asText())
                .isIn("ready", "failed", "unsupported"));
        assertThat(asset.get("renditions"))
                .anySatisfy(
                        rendition -> assertThat(rendition.get("name").asText()).isEqualTo("hls"));
    }

    @Test
    void everyWholeVideoPlaysInTheConsole() {
        try (ConsolePage console = new ConsolePage(stack.gatewayUrl(), stack.operatorKey())) {
            whole().forEach((path, asset) -> {
                console.page().navigate(stack.gatewayUrl() + "#/asset/" + hash(asset));
                PlayingVideo.startedBy(console.page(), path);
            });
        }
    }

    @Test
    void aBrokenVideoSaysWhy() {
        JsonNode broken = videos.get("broken/truncated.mp4");
        JsonNode stream = rendition(broken, "hls");
        assertThat(stream.get("state").asText()).isEqualTo("unsupported");
        assertThat(stream.get("error_code").asText()).isEqualTo("video_damaged");
        try (ConsolePage console = new ConsolePage(stack.gatewayUrl(), stack.operatorKey())) {
            console.page().navigate(stack.gatewayUrl() + "#/asset/" + hash(broken));
            assertThat(console.page().locator("sluice-player"))
                    .containsText(stream.get("reason").asText());
        }
    }

    @Test
    void everyWholeVideoPlaysByItsSignedAddressWithoutAnyKey() {
        try (BarePage page = new BarePage(stack.gatewayUrl())) {
            whole().forEach((path, asset) -> {
                JsonNode playback = client.post("/api/v1/assets/" + hash(asset) + "/playback", "{}");
                page.play(playback.get("hls_url").asText());
                PlayingVideo.of(page.page(), path);
            });
        }
    }

    @Test
    void nothingPlaysWithoutAKeyOrASignature() {
        SluiceClient nobody = new SluiceClient(stack.gatewayUrl(), "slk_wrong");
        whole().forEach((path, asset) -> {
            String address = "/api/v1/assets/" + hash(asset);
            assertThat(nobody.bytes(address + "/hls/playlist.m3u8").statusCode())
                    .as(path)
                    .isEqualTo(401);
            assertThat(nobody.bytes(address + "/original").statusCode())
                    .as(path)
                    .isEqualTo(401);
            String signed =
                    client.post(address + "/playback", "{}").get("hls_url").asText();
            assertThat(nobody.bytes(signed).statusCode()).as(path).isEqualTo(200);
            assertThat(nobody.bytes(forged(signed)).statusCode()).as(path).isEqualTo(403);
        });
    }

    @Test
    void whatABrowserCannotDecodeIsTranscodedAndTheRestIsCopied() {
        assertThat(streamOf("harbour.mp4")).contains("avc1");
        assertThat(streamOf("ridge.mov")).as("HEVC").contains("avc1").doesNotContain("hvc1");
        assertThat(streamOf("dunes.webm")).as("VP9").contains("avc1").doesNotContain("vp09");
        assertThat(videos.get("ridge.mov").get("video").get("video_codec").asText())
                .isEqualTo("hevc");
    }

    @Test
    void aDeliveredStreamIsTakenAsItCame() {
        JsonNode delivered = videos.values().stream()
                .filter(asset -> asset.get("location").get("path").asText().endsWith("/video.mp4"))
                .findFirst()
                .orElseThrow();
        assertThat(delivered.get("renditions"))
                .filteredOn(made -> made.get("name").asText().equals("hls"))
                .hasSize(1);
        assertThat(rendition(delivered, "hls").get("profile").asText()).isEqualTo("hls@0");
        assertThat(delivered.get("renditions").findValuesAsText("name"))
                .contains("cover", "transcript", "cloud_package", "poster", "thumbnail");
    }

    @Test
    void theStatsAndTheGaugesAgree() {
        JsonNode all = client.get("/api/v1/hls/stats").get("all");
        assertThat(all.get("total").asInt()).isEqualTo(videos.size());
        assertThat(all.get("with_playlist").asInt()).isEqualTo(whole().size());
        assertThat(all.get("unsupported").asInt()).isEqualTo(videos.size() - whole().size());
        assertThat(all.get("pending").asInt()).isZero();
        assertThat(all.get("hashless_videos").asInt()).isZero();
    }

    private static Map<String, JsonNode> whole() {
        return videos.entrySet().stream()
                .filter(video -> !video.getKey().startsWith("broken/"))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static String hash(JsonNode asset) {
        return asset.get("content_hash").asText();
    }

    private static JsonNode rendition(JsonNode asset, String name) {
        for (JsonNode rendition : asset.get("renditions")) {
            if (rendition.get("name").asText().equals(name)) {
                return rendition;
            }
        }
        throw new AssertionError("no " + name + " of " + asset);
    }

    /** The head of its stream, where the codecs stand. */
    private static String streamOf(String path) {
        HttpResponse<byte[]> head = client.bytes("/api/v1/assets/" + hash(videos.get(path)) + "/hls/init.mp4");
        assertThat(head.statusCode()).isEqualTo(200);
        return new String(head.body(), StandardCharsets.ISO_8859_1);
    }

    /** With another character in the middle of its token. */
    private static String forged(String signed) {
        int at = signed.indexOf("/playback/") + "/playback/".length() + 20;
        char other = signed.charAt(at) == 'A' ? 'B' : 'A';
        return signed.substring(0, at) + other + signed.substring(at + 1);
    }
}
