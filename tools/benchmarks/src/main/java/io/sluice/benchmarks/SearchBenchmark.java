package io.sluice.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

import io.sluice.contract.Topics;
import io.sluice.contract.ingest.v1.AssetText;
import io.sluice.contract.ingest.v1.MediaKind;
import io.sluice.contract.search.v1.FacetName;
import io.sluice.contract.search.v1.SearchFilter;
import io.sluice.contract.search.v1.SearchMode;
import io.sluice.contract.search.v1.SearchRequest;
import io.sluice.contract.search.v1.SearchServiceGrpc.SearchServiceBlockingStub;
import io.sluice.localstack.EmbeddedKafka;

/**
 * 100,000 synthetic assets (set {@code -Dbench.assets=N} for another number) with all their parts, told through a real broker: how long a
 * new index takes, how long searches take, and how soon a new asset is found; against one thread that looks through the same
 * texts in memory. Only broker and search run.
 */
final class SearchBenchmark implements Bench.Benchmark {

    private static final int WARMING = 500;
    private static final int QUERIES = 2_000;
    private static final int NEWS = 100;
    private static final Duration PATIENCE = Duration.ofMinutes(20);

    @Override
    public void run() throws Exception {
        int assets = Integer.getInteger("bench.assets", 100_000);
        Path folder = Files.createTempDirectory("sluice-bench");
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"), 0)) {
            createTopics(kafka.bootstrapServers());
            SyntheticAssets synthetic = new SyntheticAssets(1);
            List<String> texts = tell(kafka.bootstrapServers(), synthetic, assets);
            long started = System.nanoTime();
            try (SearchProcess search = new SearchProcess(kafka.bootstrapServers(), folder.resolve("search"))) {
                search.awaitReady(PATIENCE);
                double seconds = (System.nanoTime() - started) / 1e9;
                System.out.printf(
                        Locale.ROOT,
                        "new index  %,d assets in %.1f s with the start of the process   %,.0f assets/s%n",
                        assets,
                        seconds,
                        assets / seconds);
                measureSearches(search.ask(), texts);
                measureNews(kafka.bootstrapServers(), search.ask(), synthetic, assets);
            }
            started = System.nanoTime();
            try (SearchProcess again = new SearchProcess(kafka.bootstrapServers(), folder.resolve("search"))) {
                again.awaitReady(PATIENCE);
                System.out.printf(
                        Locale.ROOT,
                        "start with the index that is there  %.1f s%n",
                        (System.nanoTime() - started) / 1e9);
            }
        } finally {
            Folder.delete(folder);
        }
    }

    private static void measureSearches(SearchServiceBlockingStub search, List<String> texts) {
        SyntheticAssets words = new SyntheticAssets(1);
        Random random = new Random(2);
        double[] millis = new double[QUERIES];
        for (int i = -WARMING; i < QUERIES; i++) {
            SearchRequest request = mixed(Math.floorMod(i, 8), words, random);
            long asked = System.nanoTime();
            search.search(request);
            if (i >= 0) {
                millis[i] = (System.nanoTime() - asked) / 1e6;
            }
        }
        double[] baseline = new double[50];
        for (int i = -10; i < baseline.length; i++) {
            String word = words.word();
            long asked = System.nanoTime();
            long found = texts.stream().filter(text -> text.contains(word)).count();
            if (i >= 0 && found >= 0) {
                baseline[i] = (System.nanoTime() - asked) / 1e6;
            }
        }
        System.out.printf(
                Locale.ROOT,
                "search     p50 %.2f ms   p99 %.2f ms   (%,d mixed, 50 hits a page, with facets in one of eight)%n",
                percentile(millis, 0.50),
                percentile(millis, 0.99),
                QUERIES);
        System.out.printf(
                Locale.ROOT,
                "looking through all texts, one word   p50 %.2f ms   ratio %.1f%n",
                percentile(baseline, 0.50),
                percentile(baseline, 0.50) / percentile(millis, 0.50));
    }

    private static SearchRequest mixed(int kind, SyntheticAssets words, Random random) {
        SearchRequest.Builder request = SearchRequest.newBuilder().setMode(SearchMode.SEARCH_MODE_TEXT);
        SearchRequest.Builder asked =
                switch (kind) {
                    case 0 -> request.setQuery(words.word() + " ");
                    case 1 -> request.setQuery(words.sentence(2) + " ");
                    case 2 -> {
                        String word = words.word();
                        yield request.setQuery(word.substring(0, Math.max(2, word.length() - 2)));
                    }
                    case 3 -> request.setQuery("\"" + words.sentence(2) + "\"");
                    case 4 -> request.setQuery(words.word() + " -" + words.word());
                    case 5 -> request.setQuery(words.word() + " July " + (2004 + random.nextInt(20)) + " ");
                    case 6 ->
                        request.setQuery(words.word())
                                .setFilter(SearchFilter.newBuilder()
                                        .setKind(MediaKind.MEDIA_KIND_IMAGE)
                                        .setCamera("Canon EOS R5"));
                    default ->
                        request.setQuery(words.word())
                                .addAllFacets(List.of(
                                        FacetName.FACET_NAME_KIND,
                                        FacetName.FACET_NAME_YEAR,
                                        FacetName.FACET_NAME_GALLERY,
                                        FacetName.FACET_NAME_CAMERA));
                };
        return asked.build();
    }

    /** From the broker's word that it has a record to the search that finds it. */
    private static void measureNews(
            String bootstrapServers, SearchServiceBlockingStub search, SyntheticAssets synthetic, int assets)
            throws Exception {
        double[] millis = new double[NEWS];
        try (KafkaProducer<byte[], byte[]> producer = producer(bootstrapServers, 0)) {
            for (int i = 0; i < NEWS; i++) {
                String name = "brandnew" + i;
                producer.send(synthetic.asset(assets + i, name + ".jpg", "none"))
                        .get();
                long told = System.nanoTime();
                SearchRequest request =
                        SearchRequest.newBuilder().setQuery(name + ".jpg ").build();
                while (search.search(request).getHitsCount() == 0) {
                    Thread.sleep(1);
                }
                millis[i] = (System.nanoTime() - told) / 1e6;
            }
        }
        System.out.printf(
                Locale.ROOT,
                "told to found  p50 %.0f ms   p99 %.0f ms   (%d one after the other)%n",
                percentile(millis, 0.50),
                percentile(millis, 0.99),
                NEWS);
    }

    private static List<String> tell(String bootstrapServers, SyntheticAssets synthetic, int assets) throws Exception {
        List<String> texts = new ArrayList<>();
        try (KafkaProducer<byte[], byte[]> producer = producer(bootstrapServers, 20)) {
            for (int i = 0; i < assets; i++) {
                for (ProducerRecord<byte[], byte[]> record : synthetic.records(i)) {
                    producer.send(record);
                    if (record.topic().equals(Topics.INGEST_TEXT.name())) {
                        texts.add(AssetText.parseFrom(record.value()).getText());
                    }
                }
            }
        }
        return texts;
    }

    private static KafkaProducer<byte[], byte[]> producer(String bootstrapServers, int lingerMillis) {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "linger.ms", lingerMillis),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private static void createTopics(String bootstrapServers) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.createTopics(Topics.all().stream()
                            .filter(topic -> topic.readers().contains("search"))
                            .map(topic -> new NewTopic(topic.name(), topic.partitions(), (short) 1))
                            .toList())
                    .all()
                    .get();
        }
    }

    private static double percentile(double[] values, double share) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
    }
}
