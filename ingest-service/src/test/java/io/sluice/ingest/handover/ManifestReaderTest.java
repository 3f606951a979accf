package io.sluice.ingest.handover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.sluice.contract.ErrorCode;

/** A manifest is read as handover.md describes it; whatever else comes is a value that says where and why. */
class ManifestReaderTest {

    private static final String ID = "37e428d2-a4f6-4a31-bacf-0c835fb24084";

    private final List<ManifestItem> items = new ArrayList<>();

    @Test
    void whatAVideoBringsIsReadAndWhatNobodyKnowsOfItIsKept() throws Exception {
        whole(new ManifestText(ID)
                .video(
                        1,
                        "videos/1/video.mp4",
                        12,
                        "{\"duration_ms\": 5005, \"hls\": \"videos/1/hls/\", \"library_cover\": \"videos/1/c\u00e4.jpg\","
                                + " \"transcript\": null, \"sprites\": {\"every\": 1.50}}")
                .bytes());
        ManifestItem video = items.getFirst();
        assertThat(video.assetSubtype()).isEqualTo("video_simple");
        assertThat(video.deliverables())
                .isEqualTo(new Deliverables(
                        5005L,
                        Map.of(Deliverable.HLS, "videos/1/hls/", Deliverable.LIBRARY_COVER, "videos/1/c\u00e4.jpg")));
        assertThat(video.extra()).isEqualTo("{\"deliverables\":{\"sprites\":{\"every\":1.50}}}");
        assertThat(Deliverables.ofStored(video.deliverables().stored())).isEqualTo(video.deliverables());
    }

    @Test
    void everyFieldIsReadAndWhatIsNotKnownIsKept() throws Exception {
        byte[] bytes = new ManifestText(ID)
                .with("prior_sync_id", "\"01934b2e-7d50-7c3a-9b1e-4f5a6b7c8d9e\"")
                .with("total_bytes", "15655459000")
                .with("verification", "{\"passed\": true, \"total_files\": 8370, \"tool\": \"v2\"}")
                .with("renderer", "{\"gpu\": [1, 2.50, 1e400], \"note\": \"Gr\u00fc\u00dfe\"}")
                .photo(1, "photos/ä.jpg", 12)
                .cover(1, "covers/1.jpg", 3)
                .item("""
                        {"asset_type": "gallery_legacy", "asset_hash": "%s", "title": "Harbour", "members": ["%s", "%s"]}""".formatted(ManifestText.hash(9), ManifestText.hash(1), ManifestText.hash(2)))
                .bytes();
        ManifestRead.Whole read = whole(bytes);
        assertThat(read.syncId()).isEqualTo(ID);
        assertThat(read.status()).isEqualTo("completed");
        assertThat(read.items()).isEqualTo(3);
        assertThat(read.sha256()).isEqualTo(MessageDigest.getInstance("SHA-256").digest(bytes));
        ManifestClaims claims = read.claims();
        assertThat(claims.syncType()).isEqualTo("gallery");
        assertThat(claims.itemCount()).isEqualTo(3);
        assertThat(claims.totalBytes()).isEqualTo(15_655_459_000L);
        assertThat(claims.completed()).isEqualTo(Instant.parse("2026-05-21T23:18:26.123456Z"));
        assertThat(claims.prior()).isEqualTo(new SyncId("01934b2e-7d50-7c3a-9b1e-4f5a6b7c8d9e"));
        assertThat(claims.verifiedPassed()).isTrue();
        assertThat(claims.verifiedFiles()).isEqualTo(8370);
        assertThat(claims.extra())
                .isEqualTo("{\"verification\":{\"tool\":\"v2\"},"
                        + "\"renderer\":{\"gpu\":[1,2.50,1e400],\"note\":\"Gr\\u00FC\\u00DFe\"}}");
        ManifestItem photo = items.getFirst();
        assertThat(photo.path()).isEqualTo("photos/ä.jpg".getBytes(StandardCharsets.UTF_8));
        assertThat(photo.bytes()).isEqualTo(12);
        assertThat(photo.coverHash()).hasToString(ManifestText.hash(1_000_001));
        assertThat(photo.extra()).isEqualTo("{\"rating\":4.50}");
        assertThat(items.get(1).parentHash()).hasToString(ManifestText.hash(1));
        assertThat(items.get(2).members()).hasSize(2);
        assertThat(items.stream().map(ManifestItem::wave))
                .containsExactly(Wave.PRIMARIES, Wave.COVERS, Wave.CONTAINERS);
    }

    @Test
    void aTitleThatIsTooLongForItsColumnIsKeptWhole() throws Exception {
        String title = "x".repeat(999) + "\uD83D\uDCF7 and more";
        whole(new ManifestText(ID)
                .item("{\"asset_type\": \"gallery_legacy\", \"asset_hash\": \"%s\", \"title\": \"%s\"}"
                        .formatted(ManifestText.hash(1), title))
                .bytes());
        assertThat(items.getFirst().title()).isEqualTo("x".repeat(999));
        assertThat(items.getFirst().extra()).contains("\\uD83D\\uDCF7 and more");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "manifest_version | 2                          | /manifest_version",
                "manifest_version | 1.0                        | /manifest_version",
                "manifest_version | null                       | /manifest_version",
                "action           | \"destroy\"                | /action",
                "action           | null                       | /action",
                "sync_id          | 7                          | /sync_id",
                "prior_sync_id    | \"none\"                   | /prior_sync_id",
                "created_at       | \"yesterday\"              | /created_at",
                "created_at       | \"+1000000-01-01T00:00:00Z\" | /created_at",
                "item_count       | -1                         | /item_count",
                "item_count       | 9223372036854775808        | /item_count",
                "total_bytes      | \"1\"                      | /total_bytes",
                "verification     | true                       | /verification",
                "verification     | {\"passed\": \"yes\"}      | /verification/passed",
                "source_host      | \"\\ud800\"                | /source_host",
                "items            | {}                         | /items",
                "items            | [7]                        | /items/0",
                "items            | [{}]                       | /items/0/asset_type",
                "items            | [{\"asset_type\": \"photo\"}] | /items/0/asset_hash",
                "items            | [{\"asset_hash\": \"AB\"}] | /items/0/asset_hash",
                "items            | [{\"members\": [\"x\"]}]   | /items/0/members/0",
                "items            | [{\"bytes\": 1.5}]         | /items/0/bytes",
            })
    void aWrongShapeIsToldWithItsPlaceAndTheCure(String field, String json, String pointer) throws Exception {
        ManifestProblem problem = problem(new ManifestText(ID).with(field, json).bytes());
        assertThat(problem).isInstanceOf(ManifestProblem.WrongShape.class);
        assertThat(problem.pointer()).isEqualTo(pointer);
        assertThat(problem.sentence()).contains(pointer).contains("Deliver the bundle again");
        assertThat(problem.code()).isEqualTo(ErrorCode.MANIFEST_INVALID);
    }

    @Test
    void aPhotoWithoutPathIsAWrongShape() throws Exception {
        String item = "{\"asset_type\": \"photo\", \"asset_hash\": \"" + ManifestText.hash(1) + "\"}";
        assertThat(problem(new ManifestText(ID).item(item).bytes()).pointer()).isEqualTo("/items/0/path");
    }

    @Test
    void aDoubledNameIsNoManifest() throws Exception {
        assertThat(problem("{\"sync_id\": \"a\", \"sync_id\": \"b\"}")).isInstanceOf(ManifestProblem.NotJson.class);
        assertThat(problem("{\"x\": {\"y\": 1, \"y\": 2}}")).isInstanceOf(ManifestProblem.NotJson.class);
    }

    @Test
    void otherEncodingsAreRefused() throws Exception {
        String text = new ManifestText(ID).with("source_host", "\"Grüße\"").text();
        for (var encoding : List.of(StandardCharsets.UTF_16, StandardCharsets.UTF_16LE, StandardCharsets.ISO_8859_1)) {
            assertThat(problem(text.getBytes(encoding))).isInstanceOf(ManifestProblem.NotJson.class);
        }
    }

    @Test
    void whatIsCutOffGoesOnOrIsEmptyIsRefused() throws Exception {
        String text = new ManifestText(ID).photo(1, "a.jpg", 1).text();
        assertThat(problem(text.substring(0, text.length() - 1))).isInstanceOf(ManifestProblem.NotJson.class);
        assertThat(problem(text + "{}").sentence()).contains("goes on");
        assertThat(problem("").sentence()).contains("empty");
    }

    @Test
    void limitsAreNamedWhereTheyAreReached() throws Exception {
        assertThat(problem(new TestLimits(100, 9, 32, 999, 9), new ManifestText(ID).bytes()))
                .isInstanceOf(ManifestProblem.TooLarge.class)
                .extracting(ManifestProblem::sentence)
                .asString()
                .contains("sluice.handover.manifest-bytes");
        ManifestText three =
                new ManifestText(ID).photo(1, "a", 1).photo(2, "b", 1).photo(3, "c", 1);
        assertThat(problem(new TestLimits(10_000, 2, 32, 999, 9), three.bytes()).pointer())
                .isEqualTo("/items");
        assertThat(problem("{\"x\": " + "[".repeat(100) + "]".repeat(100) + "}"))
                .isInstanceOf(ManifestProblem.TooLarge.class);
        assertThat(problem("{\"x\": \"" + "y".repeat(70_000) + "\"}")).isInstanceOf(ManifestProblem.TooLarge.class);
        StringBuilder many = new StringBuilder("{\"x\": {");
        for (int i = 0; i < 1001; i++) {
            many.append('"').append(i).append("\": 1,");
        }
        assertThat(problem(many.append("\"last\": 1}}").toString())).isInstanceOf(ManifestProblem.TooLarge.class);
    }

    /** 60 MB of entries that nobody keeps: what lives meanwhile is a matter of the reader alone. */
    @Test
    void aManifestOfAnyLengthIsReadInLittleMemory() throws Exception {
        String filler = "x".repeat(200);
        InputStream endless = new SequenceInputStream(Collections.enumeration(List.of(
                stream("{\"manifest_version\": 1, \"sync_id\": \"" + ID + "\", \"action\": \"import\", \"items\": ["),
                new SequenceInputStream(new Enumeration<InputStream>() {
                    private int next;

                    @Override
                    public boolean hasMoreElements() {
                        return next < 200_000;
                    }

                    @Override
                    public InputStream nextElement() {
                        return stream((next == 0 ? "" : ",") + "{\"asset_type\": \"collection\", \"title\": \"" + filler
                                + "\", \"asset_hash\": \"" + ManifestText.hash(next++) + "\"}");
                    }
                }),
                stream("]}"))));
        long before = used();
        AtomicInteger count = new AtomicInteger();
        AtomicLong most = new AtomicLong();
        ManifestRead read = new ManifestReader(TestLimits.DEFAULT).read(endless, item -> {
            if (count.incrementAndGet() % 50_000 == 0) {
                most.accumulateAndGet(used() - before, Math::max);
            }
        });
        assertThat(read).isInstanceOf(ManifestRead.Whole.class);
        assertThat(count).hasValue(200_000);
        assertThat(most.get()).isLessThan(16 << 20);
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Bytes of the heap that live. */
    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @Test
    void theHashOfARefusedManifestIsThatOfAllItsBytes() throws Exception {
        byte[] bytes = ("{]" + " ".repeat(100_000)).getBytes(StandardCharsets.UTF_8);
        ManifestRead read = read(TestLimits.DEFAULT, new ByteArrayInputStream(bytes));
        assertThat(read.sha256()).isEqualTo(MessageDigest.getInstance("SHA-256").digest(bytes));
        assertThat(HexFormat.of().formatHex(read.sha256())).hasSize(64);
    }

    @Test
    void aDiskThatFailsIsNoFaultOfTheManifest() {
        InputStream broken = new SequenceInputStream(
                new ByteArrayInputStream("{\"sync_id\": ".getBytes(StandardCharsets.UTF_8)), new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("disk on fire");
                    }
                });
        assertThatThrownBy(() -> read(TestLimits.DEFAULT, broken))
                .isInstanceOf(IOException.class)
                .hasMessage("disk on fire");
    }

    private ManifestRead.Whole whole(byte[] bytes) throws IOException {
        return (ManifestRead.Whole) read(TestLimits.DEFAULT, new ByteArrayInputStream(bytes));
    }

    private ManifestProblem problem(String text) {
        return problem(text.getBytes(StandardCharsets.UTF_8));
    }

    private ManifestProblem problem(byte[] bytes) {
        return problem(TestLimits.DEFAULT, bytes);
    }

    private ManifestProblem problem(HandoverConfig limits, byte[] bytes) {
        try {
            return ((ManifestRead.Refused) read(limits, new ByteArrayInputStream(bytes))).problem();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ManifestRead read(HandoverConfig limits, InputStream in) throws IOException {
        return new ManifestReader(limits).read(in, items::add);
    }
}
