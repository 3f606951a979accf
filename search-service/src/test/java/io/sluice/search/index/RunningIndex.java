package io.sluice.search.index;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.admin.Admin;
import org.apache.lucene.store.FSDirectory;
import org.awaitility.Awaitility;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.contract.search.v1.IndexPhase;
import io.sluice.contract.search.v1.SearchRequest;
import io.sluice.contract.search.v1.SearchResponse;
import io.sluice.messaging.Progress;
import io.sluice.search.SearchConfig;
import io.sluice.search.SearchMetrics;
import io.sluice.search.query.RunSearch;

/** The index of one instance over the test's broker, in this process. */
public final class RunningIndex implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    public final ShownIndex shown = new ShownIndex();
    public final IndexState state = new IndexState();
    private final RunSearch search = new RunSearch(Duration.ofSeconds(5));
    private final Admin admin;
    private final SearchIndex index;

    public RunningIndex(String bootstrapServers, Path folder) {
        this(bootstrapServers, new Settings(folder, Duration.ofMillis(500), Duration.ofDays(20), 1), FSDirectory::open);
    }

    RunningIndex(String bootstrapServers, Settings settings, IndexFolder.Directories directories) {
        Map<String, Object> kafka = Map.of("bootstrap.servers", bootstrapServers);
        admin = Admin.create(kafka);
        index = new SearchIndex(
                settings,
                kafka,
                admin,
                new Progress(),
                shown,
                state,
                new SearchMetrics(new SimpleMeterRegistry()),
                directories);
        index.start();
    }

    /** Of a test. */
    record Settings(Path indexPath, Duration commitInterval, Duration oldestCommit, long leastFreeBytes)
            implements SearchConfig {
        @Override
        public int commitDocuments() {
            return 1_000;
        }

        @Override
        public int bufferMegabytes() {
            return 16;
        }

        @Override
        public Duration timeLimit() {
            return Duration.ofSeconds(5);
        }
    }

    /** Waits until it has read everything that the broker has now. */
    public RunningIndex awaitAll() {
        Awaitility.await("index reads everything")
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> state.phase() == IndexPhase.INDEX_PHASE_READY
                        && Broker.ends().entrySet().stream().allMatch(end -> state.positions().stream()
                                .anyMatch(position -> position.topic()
                                                .equals(end.getKey().topic())
                                        && position.partition() == end.getKey().partition()
                                        && position.offset() >= end.getValue())));
        return this;
    }

    public SearchResponse search(SearchRequest request) {
        return shown.ask(reader -> search.search(reader, request));
    }

    public List<String> find(String query) {
        return WrittenIndex.hashes(
                search(SearchRequest.newBuilder().setQuery(query).setLimit(500).build()));
    }

    public String digest() {
        return shown.ask(IndexDigest::of);
    }

    /** Ends in order. */
    @Override
    public void close() {
        try {
            index.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        admin.close(Duration.ZERO);
    }
}
