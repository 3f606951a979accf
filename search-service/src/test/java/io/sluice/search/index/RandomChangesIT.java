package io.sluice.search.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.sluice.contract.Topics;
import io.sluice.contract.ingest.v1.AssetLifecycle;
import io.sluice.contract.ingest.v1.AssetState;
import io.sluice.contract.search.v1.SearchHit;
import io.sluice.contract.search.v1.SearchRequest;
import io.sluice.search.Told;

/** Random records in random order against a model in memory, while others search and processes are killed. */
class RandomChangesIT {

    private static final int ASSETS = 60;
    private static final int GALLERIES = 5;

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final Map<Long, AssetState> assets = new TreeMap<>();
    private final Map<Long, String> texts = new HashMap<>();
    private final Map<String, String> titles = new HashMap<>();
    private long version;

    @BeforeEach
    void empty() {
        System.out.println("seed " + seed);
        Broker.empty();
    }

    @Test
    void searchesSeeWholeAssetsAndNothingThatIsGone(@TempDir Path folder) throws Exception {
        try (RunningIndex index = new RunningIndex(Broker.servers(), folder.resolve("a"))) {
            AtomicBoolean going = new AtomicBoolean(true);
            AtomicReference<Throwable> torn = new AtomicReference<>();
            index.awaitAll();
            Thread searching = Thread.ofPlatform().start(() -> search(index, going, torn));
            for (int round = 0; round < 25; round++) {
                Broker.tell(someRecords(40));
                index.awaitAll();
                compare(index);
            }
            going.set(false);
            searching.join();
            assertThat(torn.get()).as("seed " + seed).isNull();
            try (RunningIndex fresh = new RunningIndex(Broker.servers(), folder.resolve("b"))) {
                assertThat(index.digest())
                        .as("seed " + seed)
                        .isEqualTo(fresh.awaitAll().digest());
            }
        }
    }

    @Test
    void aKilledProcessLeavesWhatAFreshRebuildMakes(@TempDir Path folder) throws Exception {
        Path killed = folder.resolve("killed");
        for (int round = 0; round < 5; round++) {
            Process process = IndexProcess.start(killed);
            try {
                // At any moment, but not before it has got on by a commit or two.
                long before = committed(killed);
                long limit = System.nanoTime() + 60_000_000_000L;
                while (committed(killed) <= before && System.nanoTime() < limit) {
                    Broker.tell(someRecords(60));
                }
                assertThat(committed(killed)).as("it got on").isGreaterThan(before);
                long until = System.nanoTime() + random.nextInt(1_500) * 1_000_000L;
                while (System.nanoTime() < until) {
                    Broker.tell(someRecords(60));
                }
            } finally {
                process.destroyForcibly().waitFor();
            }
        }
        try (RunningIndex again = new RunningIndex(Broker.servers(), killed);
                RunningIndex fresh = new RunningIndex(Broker.servers(), folder.resolve("fresh"))) {
            assertThat(again.awaitAll().digest())
                    .as("seed " + seed)
                    .isEqualTo(fresh.awaitAll().digest());
            compare(again);
        }
    }

    /** How many offsets the last commit of the first generation has passed. */
    private static long committed(Path folder) {
        Path generation = folder.resolve("generation-000001");
        if (Files.notExists(generation)) {
            return 0;
        }
        try (Directory directory = FSDirectory.open(generation)) {
            return DirectoryReader.indexExists(directory)
                    ? CommitPoint.read(SegmentInfos.readLatestCommit(directory).getUserData())
                            .offsets()
                            .values()
                            .stream()
                            .mapToLong(offset -> offset)
                            .sum()
                    : 0;
        } catch (IOException betweenTwoCommits) {
            return 0;
        }
    }

    /** A name has its version twice and its asset's number: a document of two records would be torn. */
    private void search(RunningIndex index, AtomicBoolean going, AtomicReference<Throwable> torn) {
        try {
            while (going.get()) {
                for (SearchHit hit : index.search(SearchRequest.newBuilder()
                                .setQuery("pair")
                                .setLimit(500)
                                .build())
                        .getHitsList()) {
                    String name = hit.getPath().toStringUtf8();
                    assertThat(name)
                            .startsWith(
                                    "folder" + Told.hex(hit.getContentHash()).substring(60));
                    String[] parts = name.replace(".jpg", "").split("pair");
                    assertThat(parts[1]).isEqualTo(parts[2]);
                }
                Thread.sleep(20);
            }
        } catch (Throwable e) {
            torn.set(e);
        }
    }

    private List<ProducerRecord<byte[], byte[]>> someRecords(int count) {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            records.add(someRecord());
        }
        return records;
    }

    private ProducerRecord<byte[], byte[]> someRecord() {
        long number = random.nextInt(ASSETS);
        String gallery = "g" + random.nextInt(GALLERIES);
        version++;
        return switch (random.nextInt(12)) {
            case 0 -> {
                assets.remove(number);
                yield Told.purge(Topics.INGEST_ASSET, Told.hash(number));
            }
            case 1 -> {
                AssetState.Builder gone =
                        Told.asset(number, version, "gone.jpg").setLifecycle(AssetLifecycle.ASSET_LIFECYCLE_TOMBSTONED);
                assets.remove(number);
                yield Told.record(gone);
            }
            case 2 -> {
                texts.remove(number);
                yield Told.purge(Topics.INGEST_TEXT, Told.hash(number) + "/photo.analysis");
            }
            case 3, 4 -> {
                String text = "word" + random.nextInt(10);
                texts.put(number, text);
                yield Told.text(number, version, "photo.analysis", text);
            }
            case 5 -> {
                String title = "title" + random.nextInt(10);
                titles.put(gallery, title);
                yield Told.record(Told.gallery(gallery, version, title));
            }
            case 6 -> Told.facts(number, version, "format" + random.nextInt(3));
            case 7 -> Told.ready(number, version, random.nextBoolean() ? "thumbnail" : "preview_image");
            default -> {
                String folder = "folder" + Told.hash(number).substring(60);
                AssetState.Builder asset = Told.asset(
                                number, version, folder + "/pair" + version + "pair" + version + ".jpg")
                        .addContainerIds(gallery);
                assets.put(number, asset.build());
                yield Told.record(asset);
            }
        };
    }

    private void compare(RunningIndex index) {
        Set<String> live = new HashSet<>();
        assets.keySet().forEach(number -> live.add(Told.hash(number)));
        assertThat(index.find("")).as("seed " + seed).containsExactlyInAnyOrderElementsOf(live);
        for (int word = 0; word < 10; word++) {
            String text = "word" + word;
            String title = "title" + word;
            assertThat(index.find(text + " "))
                    .as("seed " + seed + " " + text)
                    .containsExactlyInAnyOrderElementsOf(numbers(number -> text.equals(texts.get(number))));
            assertThat(index.find(title + " "))
                    .as("seed " + seed + " " + title)
                    .containsExactlyInAnyOrderElementsOf(numbers(
                            number -> title.equals(titles.get(assets.get(number).getContainerIds(0)))));
        }
    }

    private List<String> numbers(java.util.function.LongPredicate fits) {
        return assets.keySet().stream()
                .mapToLong(number -> number)
                .filter(fits)
                .mapToObj(Told::hash)
                .toList();
    }
}
