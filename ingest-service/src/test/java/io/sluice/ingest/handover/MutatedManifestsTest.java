package io.sluice.ingest.handover;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.sluice.ingest.library.Library;
import io.sluice.ingest.library.LibraryRoots;

/**
 * 5,000 manifests that somebody's disk, network or malice has worked on, always the same ones. Whatever comes, reading it
 * ends soon with a value; what is taken has only items that hold together.
 */
class MutatedManifestsTest {

    private static final int MANIFESTS = 5_000;
    private static final int SEED = 20_260_522;
    private static final String ID = "37e428d2-a4f6-4a31-bacf-0c835fb24084";

    /** Generous for a machine that is busy with other things; a right one takes less than a millisecond. */
    private static final long LONGEST_NANOS = 5_000_000_000L;

    private enum Mutation {
        NONE,
        CUT,
        FLIPPED_BITS,
        RANDOM_BYTES,
        BAD_UTF8,
        WRONG_TYPE,
        HUGE_NUMBER,
        NESTED,
        DOUBLED_NAME,
        LONG_STRING,
        REMOVED_PART,
        REPEATED_PART,
        ESCAPING_PATH
    }

    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "{}",
            "[]",
            "\"\"",
            "-1",
            "0.5",
            "1e999999999",
            "[[]]",
            "{\"a\": {}}",
            "\"\\ud800\"",
            "\"\\u0000\"");

    private static final List<String> FIELDS = List.of(
            "manifest_version",
            "sync_id",
            "action",
            "status",
            "verification",
            "items",
            "created_at",
            "item_count",
            "asset_type",
            "asset_hash",
            "path",
            "bytes",
            "members",
            "parent_hash",
            "title",
            "prior_sync_id");

    private final RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);

    @TempDir
    Path mount;

    private PayloadFolder payload;

    @BeforeEach
    void deliver() throws IOException {
        Files.createDirectories(mount.resolve(ID));
        Files.writeString(mount.resolve("secret.txt"), "secret");
        Library library = new Library("id", "bundles", "m", new byte[0], Library.Health.ONLINE, "");
        payload =
                new PayloadFolder(new LibraryRoots(() -> Map.of("m", mount.toString())).open(library), new SyncId(ID));
    }

    private final ManifestReader reader = new ManifestReader(new TestLimits(1 << 20, 1_000, 32, 4_096, 100));

    @Test
    void everyOneEndsAsAValue() throws Exception {
        Map<Mutation, Integer> taken = new EnumMap<>(Mutation.class);
        Map<Mutation, Integer> refused = new EnumMap<>(Mutation.class);
        Mutation[] mutations = Mutation.values();
        for (int i = 0; i < MANIFESTS; i++) {
            Mutation mutation = mutations[i % mutations.length];
            byte[] manifest = mutated(mutation);
            List<ManifestItem> items = new ArrayList<>();
            long start = System.nanoTime();
            ManifestRead read = reader.read(new ByteArrayInputStream(manifest), items::add);
            assertThat(System.nanoTime() - start)
                    .as("time of manifest %d (%s)", i, mutation)
                    .isLessThan(LONGEST_NANOS);
            switch (read) {
                case ManifestRead.Whole whole -> {
                    taken.merge(mutation, 1, Integer::sum);
                    assertThat(items).hasSize(whole.items()).allSatisfy(MutatedManifestsTest::holdsTogether);
                    if (mutation == Mutation.ESCAPING_PATH) {
                        assertEscapes(items);
                    }
                }
                case ManifestRead.Refused(ManifestProblem problem, byte[] sha256) -> {
                    refused.merge(mutation, 1, Integer::sum);
                    assertThat(problem.sentence())
                            .as("manifest %d (%s)", i, mutation)
                            .isNotBlank()
                            .hasSizeLessThan(1_000);
                    assertThat(problem.pointer()).hasSizeLessThan(10_000);
                }
            }
        }
        assertThat(taken).containsKeys(Mutation.NONE, Mutation.ESCAPING_PATH).doesNotContainKey(Mutation.DOUBLED_NAME);
        assertThat(refused)
                .doesNotContainKeys(Mutation.NONE, Mutation.ESCAPING_PATH)
                .containsKeys(
                        Mutation.CUT, Mutation.BAD_UTF8, Mutation.WRONG_TYPE, Mutation.HUGE_NUMBER, Mutation.NESTED);
    }

    /** Each photo of them fails by itself, and nothing is opened: its paths are those that {@link PayloadFolderTest} knows. */
    private void assertEscapes(List<ManifestItem> items) {
        assertThat(items.stream().filter(item -> item.assetType().equals("photo")))
                .isNotEmpty()
                .allSatisfy(item ->
                        assertThat(payload.find(item.path())).isInstanceOf(PayloadFolder.Payload.Escapes.class));
    }

    private static void holdsTogether(ManifestItem item) {
        assertThat(item.assetType()).isNotEmpty();
        assertThat(item.externalHash().hex()).hasSize(32);
        assertThat(item.bytes() == null || item.bytes() >= 0).isTrue();
    }

    private byte[] mutated(Mutation mutation) {
        String text = manifest(mutation == Mutation.ESCAPING_PATH);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return switch (mutation) {
            case NONE, ESCAPING_PATH -> bytes;
            case CUT -> Arrays.copyOf(bytes, random.nextInt(bytes.length));
            case FLIPPED_BITS -> flipped(bytes);
            case RANDOM_BYTES -> randomBytes();
            case BAD_UTF8 -> insert(bytes, new byte[] {(byte) 0xc0, (byte) 0xaf, (byte) 0xff});
            case WRONG_TYPE -> replaced(text, VALUES.get(random.nextInt(VALUES.size())));
            case HUGE_NUMBER -> replaced(text, "9".repeat(random.nextInt(20, 400)));
            case NESTED -> replaced(text, nested(random.nextInt(33, 5_000)));
            case DOUBLED_NAME -> text.replaceFirst("\\{", "{\"items\": [], ").getBytes(StandardCharsets.UTF_8);
            case LONG_STRING -> replaced(text, '"' + "x".repeat(random.nextInt(1_000, 100_000)) + '"');
            case REMOVED_PART -> removed(bytes);
            case REPEATED_PART -> repeated(bytes);
        };
    }

    private String manifest(boolean escaping) {
        ManifestText manifest = new ManifestText(ID).with("note", "{\"tags\": [1, \"zwei\", null]}");
        for (int i = 0; i < random.nextInt(1, 6); i++) {
            manifest.photo(
                            i,
                            escaping ? EscapingPaths.PATHS.get(random.nextInt(EscapingPaths.PATHS.size())) : "p/" + i,
                            i)
                    .cover(i, "covers/" + i + ".jpg", i);
        }
        return manifest.item("{\"asset_type\": \"collection\", \"asset_hash\": \"%s\", \"members\": [\"%s\"]}"
                        .formatted(ManifestText.hash(77), ManifestText.hash(0)))
                .text();
    }

    /** A field's value, wherever it stands first, becomes another. */
    private byte[] replaced(String text, String value) {
        String field = '"' + FIELDS.get(random.nextInt(FIELDS.size())) + "\": ";
        int at = text.indexOf(field) + field.length();
        int end = at;
        while (",}]".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return (text.substring(0, at) + value + text.substring(end)).getBytes(StandardCharsets.UTF_8);
    }

    private String nested(int depth) {
        return random.nextBoolean()
                ? "[".repeat(depth) + "]".repeat(depth)
                : "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);
    }

    private byte[] flipped(byte[] bytes) {
        for (int i = 0; i < random.nextInt(1, 9); i++) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return bytes;
    }

    private byte[] randomBytes() {
        byte[] bytes = new byte[random.nextInt(2_000)];
        random.nextBytes(bytes);
        return bytes;
    }

    private byte[] removed(byte[] bytes) {
        int at = random.nextInt(bytes.length);
        int until = Math.min(bytes.length, at + random.nextInt(1, 40));
        byte[] rest = Arrays.copyOf(bytes, bytes.length - (until - at));
        System.arraycopy(bytes, until, rest, at, bytes.length - until);
        return rest;
    }

    private byte[] repeated(byte[] bytes) {
        int at = random.nextInt(bytes.length);
        return insert(bytes, Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + random.nextInt(1, 200))));
    }

    private byte[] insert(byte[] bytes, byte[] what) {
        int at = random.nextInt(bytes.length);
        byte[] longer = Arrays.copyOf(bytes, bytes.length + what.length);
        System.arraycopy(what, 0, longer, at, what.length);
        System.arraycopy(bytes, at, longer, at + what.length, bytes.length - at);
        return longer;
    }
}
