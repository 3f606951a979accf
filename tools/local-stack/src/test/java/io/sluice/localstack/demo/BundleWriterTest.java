package io.sluice.localstack.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

class BundleWriterTest {

    private static final UUID ID = UUID.fromString("0a1b2c3d-0000-4000-8000-000000000001");

    @TempDir
    Path mount;

    @Test
    void the_reference_bundle_has_89_items_in_order() throws IOException {
        WrittenBundle bundle = ReferenceBundle.write(mount);

        JsonNode items = manifest(bundle).path("items");
        StringBuilder order = new StringBuilder();
        List<Integer> members = new ArrayList<>();
        Set<String> hashes = new HashSet<>();
        Set<String> photosBefore = new HashSet<>();
        for (JsonNode item : items) {
            String type = item.path("asset_type").asText();
            String hash = item.path("asset_hash").asText();
            assertThat(hash).matches("[0-9a-f]{32}");
            assertThat(hashes.add(hash)).as(hash).isTrue();
            order.append(type.charAt(0));
            switch (type) {
                case "photo" -> photosBefore.add(hash);
                case "cover" ->
                    assertThat(photosBefore).contains(item.path("parent_hash").asText());
                default -> {
                    members.add(item.path("members").size());
                    item.path("members")
                            .forEach(member -> assertThat(photosBefore).contains(member.asText()));
                }
            }
        }
        assertThat(order.toString()).isEqualTo("pc".repeat(14) + "g" + "pc".repeat(15) + "g" + "pc".repeat(14) + "g");
        assertThat(members).containsExactly(14, 15, 14);
        assertThat(bundle.items()).isEqualTo(ReferenceBundle.ITEMS);
    }

    @Test
    void the_video_bundle_brings_all_that_its_item_says() throws IOException {
        WrittenBundle bundle = VideoBundle.write(mount);

        JsonNode manifest = manifest(bundle);
        assertThat(manifest.path("sync_type").asText()).isEqualTo("video_simple");
        assertThat(manifest.path("items")).hasSize(VideoBundle.ITEMS);
        JsonNode video = manifest.path("items").path(0);
        Map<String, byte[]> payload = contents(bundle.payload());
        String folder = "videos/" + bundle.videoHash(0);
        assertThat(payload.get(video.path("path").asText()))
                .hasSize(video.path("bytes").asInt());
        assertThat(video.path("asset_subtype").asText()).isEqualTo("video_simple");
        JsonNode deliverables = video.path("deliverables");
        assertThat(deliverables.path("duration_ms").asInt()).isEqualTo(5000);
        assertThat(payload)
                .containsKeys(
                        deliverables.path("transcript").asText(),
                        deliverables.path("cloud_package").asText(),
                        deliverables.path("library_cover").asText(),
                        folder + "/source/source.json");
        String playlist = new String(payload.get(deliverables.path("hls").asText() + "/playlist.m3u8"), UTF_8);
        assertThat(playlist).startsWith("#EXTM3U").contains("#EXT-X-ENDLIST", "init.mp4");
        assertThat(playlist.lines().filter(line -> line.endsWith(".m4s")))
                .hasSizeGreaterThan(1)
                .allSatisfy(segment -> assertThat(payload).containsKey(folder + "/hls/" + segment));
        assertThat(manifest.path("total_bytes").asLong())
                .isEqualTo(payload.values().stream()
                        .mapToLong(bytes -> bytes.length)
                        .sum());
        assertThat(manifest.path("verification").path("total_files").asInt()).isEqualTo(payload.size());

        WrittenBundle again = VideoBundle.write(Files.createDirectories(mount.resolve("again")));
        assertThat(contents(again.payload()).keySet()).isEqualTo(payload.keySet());
        contents(again.payload())
                .forEach((name, bytes) -> assertThat(bytes).as(name).isEqualTo(payload.get(name)));
    }

    @Test
    void what_the_reference_bundle_claims_is_true() throws IOException {
        WrittenBundle bundle = ReferenceBundle.write(mount);

        JsonNode manifest = manifest(bundle);
        Map<String, byte[]> payload = contents(bundle.payload());
        assertThat(manifest.path("item_count").asInt()).isEqualTo(89);
        assertThat(manifest.path("verification").path("passed").asBoolean()).isTrue();
        assertThat(manifest.path("verification").path("total_files").asInt())
                .isEqualTo(payload.size())
                .isGreaterThan(89);
        assertThat(manifest.path("total_bytes").asLong())
                .isEqualTo(payload.values().stream()
                        .mapToLong(bytes -> bytes.length)
                        .sum());
        for (JsonNode item : manifest.path("items")) {
            if (item.has("path")) {
                byte[] file = payload.get(item.path("path").asText());
                assertThat(file).hasSize(item.path("bytes").asInt());
                BufferedImage image = ImageIO.read(
                        bundle.payload().resolve(item.path("path").asText()).toFile());
                assertThat(image).as(item.path("path").asText()).isNotNull();
            }
            if (item.has("source")) {
                String source = item.path("source").asText();
                assertThat(payload)
                        .containsKeys(
                                source + "/source.json",
                                source + "/data/photo.manifest.json",
                                source + "/data/photo.analysis.json",
                                source + "/data/photo.meaning.json",
                                source + "/data/photo.family.json");
            }
        }
        assertThat(payload.keySet())
                .filteredOn(name -> name.endsWith("photo.weather.json"))
                .hasSize(1);
        assertThat(payload.keySet())
                .filteredOn(name -> name.endsWith("frosted.jpg"))
                .hasSize(5);
        assertThat(payload.entrySet())
                .filteredOn(file -> file.getKey().endsWith(".jpg"))
                .extracting(file -> Arrays.hashCode(file.getValue()))
                .doesNotHaveDuplicates();
    }

    @Test
    void the_sentinel_comes_last_and_two_writings_are_the_same(@TempDir Path other) throws IOException {
        WrittenBundle bundle = ReferenceBundle.write(mount);
        ReferenceBundle.write(other);

        assertThat(contents(mount)).usingRecursiveComparison().isEqualTo(contents(other));
        assertThat(Files.getLastModifiedTime(bundle.sentinel()))
                .isGreaterThanOrEqualTo(Files.getLastModifiedTime(bundle.manifest()));
        try (Stream<Path> root = Files.list(mount)) {
            assertThat(root).hasSize(3);
        }
    }

    @Test
    void a_bundle_of_a_series_brings_what_an_earlier_one_brought_and_what_was_changed(@TempDir Path other)
            throws IOException {
        WrittenBundle first = BundleWriter.of(ID).series("s").photos(3).write(mount);
        WrittenBundle next = BundleWriter.of(UUID.randomUUID())
                .series("s")
                .firstPhoto(1)
                .photos(3)
                .changedPhoto(2)
                .priorSyncId(ID)
                .write(mount);

        assertThat(next.photoHash(0)).isEqualTo(first.photoHash(1));
        assertThat(next.photo(0)).hasSameBinaryContentAs(first.photo(1));
        assertThat(next.photoHash(1)).isEqualTo(first.photoHash(2));
        assertThat(Files.mismatch(next.photo(1), first.photo(2))).isNotNegative();
        assertThat(manifest(next).path("prior_sync_id").asText()).isEqualTo(ID.toString());
    }

    @Test
    void what_is_set_wrongly_stands_wrongly() throws IOException {
        WrittenBundle bundle = BundleWriter.of(ID)
                .photos(2)
                .photoBytes(200_000)
                .head("status", "running")
                .head("verification", null)
                .item(2, item -> item.put("path", "../outside.jpg"))
                .withoutSentinel()
                .write(mount);

        JsonNode manifest = manifest(bundle);
        assertThat(manifest.path("status").asText()).isEqualTo("running");
        assertThat(manifest.has("verification")).isFalse();
        assertThat(manifest.path("items").get(2).path("path").asText()).isEqualTo("../outside.jpg");
        assertThat(bundle.sentinel()).doesNotExist();
        assertThat(Files.size(bundle.photo(0))).isBetween(199_990L, 200_000L);
        assertThat(ImageIO.read(bundle.photo(0).toFile())).isNotNull();
    }

    private static JsonNode manifest(WrittenBundle bundle) throws IOException {
        return new JsonMapper().readTree(bundle.manifest().toFile());
    }

    private static Map<String, byte[]> contents(Path folder) throws IOException {
        Map<String, byte[]> contents = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                contents.put(folder.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        return contents;
    }
}
