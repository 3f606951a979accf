package io.sluice.search.index;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.lucene.index.CorruptIndexException;
import org.jboss.logging.Logger;

import io.sluice.contract.search.v1.IndexPhase;
import io.sluice.messaging.Spans;
import io.sluice.search.SearchMetrics;
import io.sluice.search.document.DamagedDocument;
import io.sluice.search.index.IndexFolder.Generation;

/**
 * Reads every partition, without a group, from where the index's last commit stands: first to the ends as they are now,
 * then on. One instance is one reader of everything; more instances have an index each.
 */
final class FollowTopics {

    private static final Logger LOG = Logger.getLogger(FollowTopics.class);
    private static final Duration POLL = Duration.ofMillis(200);

    /** Whether topics are still the same is asked this often; also how soon a silent broker is told. */
    private static final Duration LOOK = Duration.ofSeconds(10);

    /** An index that nothing happens to is committed now and then, or it would look old. */
    private static final Duration IDLE_COMMIT = Duration.ofHours(1);

    private final Admin admin;
    private final IndexFolder folder;
    private final ShownIndex shown;
    private final IndexState state;
    private final SearchMetrics metrics;
    private final CommitRules rules;
    private final Runnable tick;
    private volatile boolean stopping;

    /** @param least bytes that must be free on the disk before more is taken in */
    record CommitRules(Duration interval, int documents, long least) {}

    FollowTopics(
            Admin admin,
            IndexFolder folder,
            ShownIndex shown,
            IndexState state,
            SearchMetrics metrics,
            CommitRules rules,
            Runnable tick) {
        this.admin = admin;
        this.folder = folder;
        this.shown = shown;
        this.state = state;
        this.metrics = metrics;
        this.rules = rules;
        this.tick = tick;
    }

    void stop() {
        stopping = true;
    }

    /**
     * Follows until it is stopped; then the index is committed and closed.
     *
     * @param rebuild a reason to begin anew; empty to go on where the index stands
     * @throws RebuildNeeded when the index does not stand for its topics any more
     * @throws KafkaException when broker or topics are not there
     * @throws IOException when the disk is full or the index broken: the next try goes on from the last commit
     */
    void follow(KafkaConsumer<byte[], byte[]> consumer, String rebuild) throws IOException {
        TopicStand stand = TopicStand.ask(admin);
        Generation generation = rebuild.isEmpty() ? folder.open(stand) : folder.begin(stand, rebuild);
        try (OpenIndex index = generation.index()) {
            if (generation.rebuild().isPresent()) {
                metrics.rebuildStarted();
                shown.hide();
            }
            consumer.assign(stand.partitions());
            stand.partitions().forEach(partition -> consumer.seek(partition, startOf(partition, generation, consumer)));
            read(consumer, stand, generation, index);
        } catch (OffsetOutOfRangeException | NoOffsetForPartitionException gone) {
            throw new RebuildNeeded("its offsets are not in the topics any more: " + gone.getMessage());
        } catch (CorruptIndexException | DamagedDocument broken) {
            throw new RebuildNeeded("it is damaged: " + broken.getMessage());
        }
    }

    private static long startOf(
            TopicPartition partition, Generation generation, KafkaConsumer<byte[], byte[]> consumer) {
        long committed = generation.from().offsetOf(partition);
        return committed > 0
                ? committed
                : consumer.beginningOffsets(List.of(partition)).get(partition);
    }

    private void read(KafkaConsumer<byte[], byte[]> consumer, TopicStand stand, Generation generation, OpenIndex index)
            throws IOException {
        ReadProgress progress = new ReadProgress(consumer);
        Map<TopicPartition, Long> starts = progress.offsets();
        ApplyRecords apply = new ApplyRecords(index, tick);
        Commits commits = new Commits(index, stand, generation, progress);
        boolean caughtUp = false;
        Instant looked = Instant.now();
        while (!stopping) {
            tick.run();
            awaitSpace(generation);
            ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
            if (!records.isEmpty()) {
                Spans.processed("search.index", records, () -> {
                    ApplyRecords.Applied applied = apply.apply(records);
                    metrics.applied(applied.documents(), applied.unreadable());
                    commits.changed(applied.documents());
                    index.refresh();
                });
            }
            state.at(progress.positions());
            if (!caughtUp && progress.caughtUp()) {
                caughtUp = true;
                LOG.infof("index has caught up path=%s", generation.path());
                index.refresh();
                commits.complete();
                folder.keepOnly(generation.path());
            }
            if (caughtUp) {
                shown.show(index.reader());
            }
            tell(generation, caughtUp, caughtUp ? 100 : progress.percent(starts));
            if (Duration.between(looked, Instant.now()).compareTo(LOOK) > 0) {
                lookAgain(stand);
                looked = Instant.now();
            }
            commits.ifDue();
        }
        commits.now();
    }

    private void tell(Generation generation, boolean caughtUp, long percent) {
        if (caughtUp) {
            state.enter(IndexPhase.INDEX_PHASE_READY, "");
        } else if (generation.rebuild().isPresent() || !generation.from().complete()) {
            state.enter(
                    IndexPhase.INDEX_PHASE_REBUILDING,
                    "%s. %d %% of the topics is read; searches are answered when all is."
                            .formatted(generation.rebuild().orElse("It was stopped while it was made"), percent));
        } else {
            state.enter(
                    IndexPhase.INDEX_PHASE_CATCHING_UP,
                    "%d %% of what came since the last commit is read.".formatted(percent));
        }
    }

    /** @throws KafkaException when the broker does not answer: what is shown stays, and how far behind it is, is unknown */
    private void lookAgain(TopicStand stand) {
        TopicStand now = TopicStand.ask(admin);
        if (!now.cluster().equals(stand.cluster()) || !now.ids().equals(stand.ids())) {
            throw new RebuildNeeded("topics were made anew");
        }
    }

    private void awaitSpace(Generation generation) throws IOException {
        while (!stopping && folder.freeBytes() < rules.least()) {
            state.enter(
                    IndexPhase.INDEX_PHASE_WAITING,
                    "Only %d MB are free on the disk of %s, and the index needs %d to take more in. Free some space; it goes on by itself."
                            .formatted(folder.freeBytes() >> 20, generation.path(), rules.least() >> 20));
            tick.run();
            try {
                Thread.sleep(Duration.ofMillis(500));
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                stopping = true;
            }
        }
    }

    /** When the index is committed: offsets and documents in one step. */
    private final class Commits {
        private final OpenIndex index;
        private final TopicStand stand;
        private final ReadProgress progress;
        private boolean complete;
        private int changed;
        private Instant last;
        private Map<TopicPartition, Long> committed;

        Commits(OpenIndex index, TopicStand stand, Generation generation, ReadProgress progress) {
            this.index = index;
            this.stand = stand;
            this.progress = progress;
            this.complete = generation.from().complete();
            this.last = generation.from().at();
            this.committed = progress.offsets();
            state.committed(last);
        }

        void changed(int documents) {
            changed += documents;
        }

        void complete() throws IOException {
            complete = true;
            now();
        }

        void ifDue() throws IOException {
            Duration since = Duration.between(last, Instant.now());
            if (changed >= rules.documents()
                    || since.compareTo(IDLE_COMMIT) > 0
                    || (since.compareTo(rules.interval()) > 0
                            && !progress.offsets().equals(committed))) {
                now();
            }
        }

        void now() throws IOException {
            Map<TopicPartition, Long> offsets = progress.offsets();
            CommitPoint point = CommitPoint.of(stand, offsets, complete);
            index.commit(point);
            metrics.committed();
            state.committed(point.at());
            changed = 0;
            last = point.at();
            committed = offsets;
        }
    }
}
