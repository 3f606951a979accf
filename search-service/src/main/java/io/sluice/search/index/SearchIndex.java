package io.sluice.search.index;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.FSDirectory;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.sluice.contract.search.v1.IndexPhase;
import io.sluice.messaging.Progress;
import io.sluice.search.SearchConfig;
import io.sluice.search.SearchMetrics;
import io.sluice.search.index.FollowTopics.CommitRules;

/**
 * The index of this instance and the thread that keeps it: begins again from the last commit after whatever went wrong, or
 * anew when the index does not stand for its topics any more.
 */
public final class SearchIndex implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(SearchIndex.class);
    private static final String LOOP = "index";
    private static final Duration AFTER_A_FAILURE = Duration.ofSeconds(1);

    /** A poll is one round: large enough to write each document once, small enough for a small heap. */
    private static final int RECORDS_A_POLL = 2_000;

    private static final int FETCHED_BYTES = 8 << 20;

    private final Map<String, Object> kafka;
    private final Progress progress;
    private final ShownIndex shown;
    private final IndexState state;
    private final FollowTopics follow;
    private final CountDownLatch mayStop = new CountDownLatch(1);
    private @Nullable Thread thread;

    public SearchIndex(
            SearchConfig config,
            Map<String, Object> kafka,
            Admin admin,
            Progress progress,
            ShownIndex shown,
            IndexState state,
            SearchMetrics metrics) {
        this(config, kafka, admin, progress, shown, state, metrics, FSDirectory::open);
    }

    /** @param directories where the files of the index lie */
    SearchIndex(
            SearchConfig config,
            Map<String, Object> kafka,
            Admin admin,
            Progress progress,
            ShownIndex shown,
            IndexState state,
            SearchMetrics metrics,
            IndexFolder.Directories directories) {
        this.kafka = kafka;
        this.progress = progress;
        this.shown = shown;
        this.state = state;
        this.follow = new FollowTopics(
                admin,
                new IndexFolder(config.indexPath(), directories, config.oldestCommit(), config.bufferMegabytes()),
                shown,
                state,
                metrics,
                new CommitRules(config.commitInterval(), config.commitDocuments(), config.leastFreeBytes()),
                () -> progress.tick(LOOP));
    }

    /** Begins to follow. */
    public void start() {
        thread = Thread.ofPlatform().daemon().name("search-index").start(this::run);
    }

    /** Commits what was read, and ends. */
    @Override
    public void close() throws InterruptedException {
        follow.stop();
        mayStop.countDown();
        if (thread != null) {
            thread.join(Duration.ofSeconds(15));
        }
        progress.ended(LOOP);
        shown.hide();
    }

    private void run() {
        String rebuild = "";
        while (mayStop.getCount() > 0) {
            progress.tick(LOOP);
            try (KafkaConsumer<byte[], byte[]> open = new KafkaConsumer<>(settings())) {
                follow.follow(open, rebuild);
            } catch (RebuildNeeded needed) {
                shown.hide();
                rebuild = String.valueOf(needed.getMessage());
                continue;
            } catch (KafkaException away) {
                await("Nothing can be read: " + away.getMessage(), away);
            } catch (IOException | AlreadyClosedException disk) {
                await("The index cannot be written: " + causeOf(disk), disk);
            } catch (RuntimeException defect) {
                LOG.error("index loop failed", defect);
                await("A defect stopped reading, the log has it: " + defect, defect);
            }
            rebuild = "";
        }
    }

    private void await(String reason, Exception cause) {
        state.enter(
                IndexPhase.INDEX_PHASE_WAITING,
                reason + ". It is tried again every second, from the last commit."
                        + (shown.answers() ? " Until then searches see what was known." : ""));
        LOG.warnf("index waits reason=%s", reason);
        LOG.debug("index waits", cause);
        try {
            if (mayStop.await(AFTER_A_FAILURE.toMillis(), MILLISECONDS)) {
                LOG.debug("index loop stops");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            mayStop.countDown();
        }
    }

    private static String causeOf(Exception failure) {
        Throwable cause = failure.getCause();
        return cause == null ? String.valueOf(failure.getMessage()) : failure.getMessage() + ": " + cause.getMessage();
    }

    private Map<String, Object> settings() {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.keySet().retainAll(ConsumerConfig.configNames());
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        settings.putAll(Map.of(
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "none",
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                RECORDS_A_POLL,
                ConsumerConfig.FETCH_MAX_BYTES_CONFIG,
                FETCHED_BYTES,
                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                10_000,
                ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
                ByteArrayDeserializer.class,
                ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
                ByteArrayDeserializer.class));
        return settings;
    }
}
