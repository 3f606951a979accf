package io.sluice.gateway.stream;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.stream.Collectors.toMap;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.sluice.contract.Topic;
import io.sluice.gateway.pipeline.lag.GroupLessReader;
import io.sluice.gateway.stream.ReadRecords.Reading;

/** Follows the end of one topic; after a broker that was away it goes on where it stopped. */
final class EventTopicReader implements GroupLessReader {

    private static final Logger LOG = Logger.getLogger(EventTopicReader.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration AFTER_A_FAILURE = Duration.ofSeconds(1);
    /** A broker that has just started may not know a topic yet; one that is missing for longer does not exist. */
    private static final Duration MISSING = Duration.ofSeconds(5);

    private final FollowedTopic followed;
    private final OpenTopics topics;
    private final ReadRecords records;
    private final EventTail tail;
    private final CountDownLatch mayStop = new CountDownLatch(1);
    private volatile boolean stopping;
    private volatile @Nullable KafkaConsumer<byte[], byte[]> consumer;
    private @Nullable Thread thread;
    private Reading reading;
    private @Nullable Instant missingSince;
    /** Empty as long as it has not been placed. */
    private volatile Map<Integer, Long> next = Map.of();

    private volatile Instant lastRound = Instant.EPOCH;

    EventTopicReader(FollowedTopic followed, OpenTopics topics, ReadRecords records, EventTail tail) {
        this.followed = followed;
        this.topics = topics;
        this.records = records;
        this.tail = tail;
        this.reading = records.begin(followed);
    }

    void start() {
        thread = Thread.ofPlatform().daemon().name(followed.reader()).start(this::follow);
    }

    void beginToStop() {
        stopping = true;
        mayStop.countDown();
        KafkaConsumer<byte[], byte[]> open = consumer;
        if (open != null) {
            open.wakeup();
        }
    }

    void awaitStop(Duration atMost) throws InterruptedException {
        if (thread != null) {
            thread.join(atMost);
        }
    }

    @Override
    public String name() {
        return followed.reader();
    }

    @Override
    public Topic topic() {
        return followed.topic();
    }

    @Override
    public Place place() {
        Map<Integer, Long> known = next;
        return known.isEmpty() || lastRound.equals(Instant.EPOCH)
                ? new Place.Nowhere("The gateway has not begun to read this topic; it may not exist yet.")
                : new Place.At(known, lastRound);
    }

    private void follow() {
        while (!stopping) {
            try (KafkaConsumer<byte[], byte[]> open =
                    topics.open("sluice-" + followed.reader().replace('.', '-'))) {
                consumer = open;
                if (OpenTopics.exists(open, followed)) {
                    read(open);
                } else {
                    missing();
                }
            } catch (WakeupException stop) {
                LOG.debugf("event topic reader stops topic=%s", followed.topic().name());
            } catch (OffsetOutOfRangeException lost) {
                LOG.warnf(
                        "events were lost between here and the topic's beginning: following from its end topic=%s",
                        followed.topic().name());
                next = Map.of();
            } catch (RuntimeException failure) {
                LOG.warnf(
                        failure,
                        "event topic cannot be read; trying again topic=%s",
                        followed.topic().name());
                pause();
            }
        }
    }

    /** What does not exist has no events; its first will have the offset 0. */
    private void missing() {
        Instant now = Instant.now();
        if (missingSince == null) {
            missingSince = now;
            LOG.infof(
                    "event topic does not exist yet; its owner, or the cluster's, creates it topic=%s",
                    followed.topic().name());
        } else if (next.isEmpty() && missingSince.isBefore(now.minus(MISSING))) {
            place(followed.all().stream().collect(toMap(TopicPartition::partition, partition -> 0L)));
        }
        pause();
    }

    private void read(KafkaConsumer<byte[], byte[]> open) {
        List<TopicPartition> partitions = followed.all();
        open.assign(partitions);
        if (next.isEmpty()) {
            place(ends(open, partitions));
        }
        next.forEach((partition, offset) ->
                open.seek(new TopicPartition(followed.topic().name(), partition), offset));
        while (!stopping) {
            for (ConsumerRecord<byte[], byte[]> told : open.poll(POLL)) {
                StreamedEvent event = reading.read(told);
                if (event != null) {
                    tail.apply(event);
                }
            }
            next = positions(open, partitions);
            lastRound = Instant.now();
            next.forEach((partition, offset) -> tail.passed(followed.slotOf(partition), offset));
        }
    }

    /** The ends as they are now, once all before them that has a say in what comes was read. */
    private Map<Integer, Long> ends(KafkaConsumer<byte[], byte[]> open, List<TopicPartition> partitions) {
        Map<TopicPartition, Long> ends = open.endOffsets(partitions);
        if (followed.tellsChanges()) {
            reading = records.begin(followed);
            open.seekToBeginning(partitions);
            while (ends.entrySet().stream().anyMatch(end -> open.position(end.getKey()) < end.getValue())) {
                open.poll(POLL).forEach(reading::read);
            }
            return positions(open, partitions);
        }
        return ends.entrySet().stream().collect(toMap(end -> end.getKey().partition(), Map.Entry::getValue));
    }

    private void place(Map<Integer, Long> at) {
        at.forEach((partition, offset) -> tail.begin(followed.slotOf(partition), offset));
        next = at;
    }

    private static Map<Integer, Long> positions(KafkaConsumer<byte[], byte[]> open, List<TopicPartition> partitions) {
        return partitions.stream().collect(toMap(TopicPartition::partition, open::position));
    }

    private void pause() {
        try {
            if (mayStop.await(AFTER_A_FAILURE.toMillis(), MILLISECONDS)) {
                LOG.debugf("event topic reader stops topic=%s", followed.topic().name());
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            stopping = true;
        }
    }
}
