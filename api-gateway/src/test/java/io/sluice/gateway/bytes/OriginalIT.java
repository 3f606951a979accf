package io.sluice.gateway.bytes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Random;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.google.protobuf.ByteString;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.contract.ingest.v1.AssetState;
import io.sluice.contract.ingest.v1.FileLocation;
import io.sluice.contract.scanner.v1.HealthState;
import io.sluice.gateway.world.GatewayInfra;
import io.sluice.gateway.world.Rest;
import io.sluice.gateway.world.World;
import io.sluice.testsupport.SluiceInfra;

/** Originals: served as they are, and never under a hash that is not theirs. */
@QuarkusTest
@WithTestResource(SluiceInfra.class)
@WithTestResource(GatewayInfra.class)
class OriginalIT {

    private static final Instant NOON = Instant.parse("2024-07-14T12:00:00Z");

    private final Rest rest = Rest.withKey(World.bootstrapKey());
    private World world;

    @BeforeEach
    void emptyWorld() {
        world = World.empty();
    }

    @Test
    void anOriginalIsServedWholeWithItsHashAsTag() {
        byte[] bytes = random(300_000);
        AssetState asset = world.asset("trip/Grüße \"1\".jpg", bytes, "image/jpeg", NOON);
        Rest.Answer answer = rest.get(original(asset));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.bytes()).isEqualTo(bytes);
        assertThat(answer.header("Content-Type")).isEqualTo("image/jpeg");
        assertThat(answer.header("Content-Length")).isEqualTo("300000");
        assertThat(answer.header("ETag")).isEqualTo('"' + World.hex(asset) + '"');
        assertThat(answer.header("Accept-Ranges")).isEqualTo("bytes");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("Content-Security-Policy")).startsWith("sandbox");
        assertThat(answer.header("Content-Disposition"))
                .isEqualTo("inline; filename=\"Gr__e _1_.jpg\"; filename*=UTF-8''Gr%C3%BC%C3%9Fe%20%221%22.jpg");
    }

    @Test
    void anEmptyFileIsServedToo() {
        AssetState asset = world.asset("empty.jpg", new byte[0], "", NOON);
        Rest.Answer answer = rest.get(original(asset));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.bytes()).isEmpty();
        assertThat(rest.header("Range", "bytes=0-").get(original(asset)).status())
                .isEqualTo(416);
    }

    @Test
    void whatCouldRunInABrowserIsADownload() {
        AssetState asset = world.asset("page.svg", "<svg onload='alert(1)'/>".getBytes(UTF_8), "image/svg+xml", NOON);
        Rest.Answer answer = rest.get(original(asset));
        assertThat(answer.header("Content-Type")).isEqualTo("application/octet-stream");
        assertThat(answer.header("Content-Disposition")).startsWith("attachment;");
        assertThat(answer.header("Content-Security-Policy")).startsWith("sandbox");
    }

    @Test
    void headTellsTheSameWithoutTheBytes() {
        AssetState asset = world.asset("head.jpg", random(5000), "image/jpeg", NOON);
        Rest.Answer answer = rest.head(original(asset));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Length")).isEqualTo("5000");
        assertThat(answer.header("ETag")).isEqualTo('"' + World.hex(asset) + '"');
        assertThat(answer.bytes()).isEmpty();
    }

    @Test
    void oneRangeIsOnePart() {
        byte[] bytes = random(200_000);
        AssetState asset = world.asset("range.jpg", bytes, "image/jpeg", NOON);
        for (int[] range : new int[][] {{0, 0}, {0, 99_999}, {70_000, 199_999}, {199_999, 199_999}}) {
            Rest.Answer answer =
                    rest.header("Range", "bytes=" + range[0] + "-" + range[1]).get(original(asset));
            assertThat(answer.status()).isEqualTo(206);
            assertThat(answer.header("Content-Range")).isEqualTo("bytes " + range[0] + "-" + range[1] + "/200000");
            assertThat(answer.header("Content-Length")).isEqualTo(Integer.toString(range[1] - range[0] + 1));
            assertThat(answer.bytes()).isEqualTo(java.util.Arrays.copyOfRange(bytes, range[0], range[1] + 1));
        }
        assertThat(rest.header("Range", "bytes=-5").get(original(asset)).bytes())
                .isEqualTo(java.util.Arrays.copyOfRange(bytes, 199_995, 200_000));
    }

    @Test
    void severalRangesAreAMultipartBody() {
        AssetState asset = world.asset("parts.jpg", "0123456789abcdef".getBytes(UTF_8), "image/jpeg", NOON);
        Rest.Answer answer = rest.header("Range", "bytes=0-1, 4-5, -2").get(original(asset));
        assertThat(answer.status()).isEqualTo(206);
        String boundary =
                answer.header("Content-Type").replaceFirst("multipart/byteranges; *boundary=\"?([^\"]*)\"?", "$1");
        assertThat(answer.header("Content-Length")).isEqualTo(Integer.toString(answer.bytes().length));
        assertThat(answer.text())
                .isEqualTo(part(boundary, "0-1", "01") + part(boundary, "4-5", "45") + part(boundary, "14-15", "ef")
                        + "\r\n--" + boundary + "--\r\n");
    }

    private static String part(String boundary, String range, String body) {
        return "\r\n--" + boundary + "\r\nContent-Type: image/jpeg\r\nContent-Range: bytes " + range + "/16\r\n\r\n"
                + body;
    }

    @Test
    void rangesThatCannotBeAreRefused() {
        AssetState asset = world.asset("refuse.jpg", random(100), "image/jpeg", NOON);
        for (String range : new String[] {
            "bytes=100-",
            "bytes=5-2",
            "bytes=a-b",
            "bytes=",
            "bytes=-0",
            "bytes=1-2-3",
            "bytes=0-1,x",
            "bytes=" + "0-1,".repeat(50) + "5-6"
        }) {
            Rest.Answer answer = rest.header("Range", range).get(original(asset));
            assertThat(answer.status()).as(range).isEqualTo(416);
            assertThat(answer.header("Content-Range")).isEqualTo("bytes */100");
            assertThat(answer.json().get("code").asText()).isEqualTo("range_not_satisfiable");
        }
        assertThat(rest.header("Range", "lines=1-2").get(original(asset)).status())
                .isEqualTo(200);
    }

    @Test
    void conditionsAreHonoured() {
        AssetState asset = world.asset("conditions.jpg", random(100), "image/jpeg", NOON);
        String tag = '"' + World.hex(asset) + '"';
        Rest.Answer known = rest.header("If-None-Match", "\"other\", W/" + tag).get(original(asset));
        assertThat(known.status()).isEqualTo(304);
        assertThat(known.header("ETag")).isEqualTo(tag);
        assertThat(known.bytes()).isEmpty();
        assertThat(rest.header("If-None-Match", "\"other\"")
                        .get(original(asset))
                        .status())
                .isEqualTo(200);
        assertThat(rest.header("If-None-Match", "*").get(original(asset)).status())
                .isEqualTo(304);
        assertThat(rest.header("If-Match", "\"other\"").get(original(asset)).status())
                .isEqualTo(412);
        Rest ranged = rest.header("Range", "bytes=0-9");
        assertThat(ranged.header("If-Range", tag).get(original(asset)).status()).isEqualTo(206);
        assertThat(ranged.header("If-Range", "\"other\"").get(original(asset)).status())
                .isEqualTo(200);
        assertThat(ranged.header("If-Range", "W/" + tag).get(original(asset)).status())
                .isEqualTo(200);
        assertThat(ranged.header("If-Range", "Sun, 14 Jul 2024 12:00:00 GMT")
                        .get(original(asset))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aChangedFileIsNotSentUnderTheOldHash() throws IOException {
        AssetState asset = world.asset("changed.jpg", random(100), "image/jpeg", NOON);
        Path file = world.mount().resolve("pictures/changed.jpg");
        var mtime = Files.getLastModifiedTime(file);
        Files.write(file, random(100));
        Files.setLastModifiedTime(file, mtime);
        Rest.Answer answer = rest.get(original(asset));
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.json().get("code").asText()).isEqualTo("source_changed");
        assertThat(answer.header("Retry-After")).isNotBlank();
        assertThat(answer.header("ETag")).isNull();
    }

    @Test
    void aFileThatChangesWhileItIsSentIsCutOff() throws Exception {
        byte[] bytes = random(64 << 20);
        AssetState asset = world.asset("large.bin", bytes, "", NOON);
        try (Socket socket = new Socket("127.0.0.1", Rest.port())) {
            // Small, so that the sender has to wait for us in the middle of the file.
            socket.setReceiveBufferSize(64 << 10);
            socket.getOutputStream()
                    .write(("GET " + original(asset) + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                                    + World.bootstrapKey() + "\r\n\r\n")
                            .getBytes(UTF_8));
            InputStream in = socket.getInputStream();
            byte[] head = in.readNBytes(1 << 20);
            assertThat(new String(head, 0, 15, UTF_8)).isEqualTo("HTTP/1.1 200 OK");
            Files.write(world.mount().resolve("pictures/large.bin"), new byte[] {1}, StandardOpenOption.APPEND);
            long rest = 0;
            try {
                rest = in.transferTo(java.io.OutputStream.nullOutputStream());
            } catch (IOException reset) {
                assertThat(reset).hasMessageContaining("reset");
            }
            assertThat(head.length + rest).as("less than was promised").isLessThan(bytes.length);
        }
    }

    @Test
    void theNextLocationIsServedWhenTheFirstIsNotThere() throws IOException {
        byte[] bytes = random(100);
        AssetState asset = world.asset("second.jpg", bytes, "image/jpeg", NOON);
        FileLocation good = asset.getLocations(0);
        world.ingest.put(asset.toBuilder()
                .clearLocations()
                .addLocations(good.toBuilder().setPath(ByteString.copyFromUtf8("gone.jpg")))
                .addLocations(good.toBuilder().setLibraryId(World.AWAY))
                .addLocations(good.toBuilder().setPresent(false).setPath(ByteString.copyFromUtf8("absent.jpg")))
                .addLocations(good)
                .build());
        assertThat(rest.get(original(asset)).bytes()).isEqualTo(bytes);
    }

    @Test
    void aLibraryThatIsNotOnlineIsNamedWithItsReason() {
        AssetState asset = world.asset("away.jpg", random(100), "image/jpeg", NOON);
        world.ingest.put(asset.toBuilder()
                .setLocations(0, asset.getLocations(0).toBuilder().setLibraryId(World.AWAY))
                .build());
        Rest.Answer answer = rest.get(original(asset));
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.json().get("code").asText()).isEqualTo("library_stale");
        assertThat(answer.json().get("detail").asText()).contains("Travel disk").contains("Plug it in");
    }

    @Test
    void aLibraryThatComesBackIsServedAgain() {
        AssetState asset = world.asset("back.jpg", random(100), "image/jpeg", NOON);
        world.library(World.PICTURES, "Pictures", "pictures", HealthState.HEALTH_STATE_STALE, "Gone for a moment.");
        org.awaitility.Awaitility.await().until(() -> rest.get(original(asset)).status() == 503);
        world.library(World.PICTURES, "Pictures", "pictures", HealthState.HEALTH_STATE_ONLINE, "");
        org.awaitility.Awaitility.await().until(() -> rest.get(original(asset)).status() == 200);
    }

    @Test
    void pathsThatLeadOutAreNotFollowed() throws IOException {
        AssetState asset = world.asset("inside.jpg", random(100), "image/jpeg", NOON);
        Path secret = Files.write(world.mount().resolveSibling("secret.txt"), random(100));
        Path pictures = world.mount().resolve("pictures");
        Files.deleteIfExists(pictures.resolve("link.jpg"));
        Files.createSymbolicLink(pictures.resolve("link.jpg"), secret);
        Files.deleteIfExists(pictures.resolve("out"));
        Files.createSymbolicLink(pictures.resolve("out"), world.mount().getParent());
        Files.deleteIfExists(pictures.resolve("alias.jpg"));
        Files.createSymbolicLink(pictures.resolve("alias.jpg"), pictures.resolve("inside.jpg"));
        for (String path : new String[] {
            "link.jpg",
            "out/secret.txt",
            "../../secret.txt",
            "..",
            ".",
            "",
            "/etc/passwd",
            "a//b",
            "./inside.jpg",
            "x/../inside.jpg",
            "inside.jpg\0"
        }) {
            place(asset, ByteString.copyFromUtf8(path), World.stat(secret));
            assertThat(rest.get(original(asset)).status()).as(path).isIn(404, 503);
        }
        place(asset, ByteString.copyFromUtf8("alias.jpg"), asset.getLocations(0).getStat());
        assertThat(rest.get(original(asset)).status())
                .as("a link that stays inside is the file it leads to")
                .isEqualTo(200);
    }

    @Test
    void aNameThatIsNotUtf8IsServed() throws Exception {
        AssetState asset = world.asset("utf8.jpg", random(100), "image/jpeg", NOON);
        ByteString name = ByteString.copyFrom(new byte[] {'l', (byte) 0xe4, 't', 'i', 'n'});
        Path raw = Path.of(java.net.URI.create(
                world.mount().resolve("pictures").toUri().getRawPath().replaceFirst("^", "file://") + "l%E4tin"));
        Files.deleteIfExists(raw);
        Files.copy(world.mount().resolve("pictures/utf8.jpg"), raw);
        place(asset, name, World.stat(raw));
        assertThat(rest.get(original(asset)).status()).isEqualTo(200);
    }

    private void place(AssetState asset, ByteString path, io.sluice.contract.scanner.v1.FileStat stat) {
        world.ingest.put(asset.toBuilder()
                .setLocations(0, asset.getLocations(0).toBuilder().setPath(path).setStat(stat))
                .build());
    }

    private static String original(AssetState asset) {
        return "/api/v1/assets/" + World.hex(asset) + "/original";
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size * 31L
                        + Thread.currentThread()
                                .getStackTrace()[2]
                                .getMethodName()
                                .hashCode())
                .nextBytes(bytes);
        bytes[0] = (byte) System.nanoTime();
        return bytes;
    }
}
