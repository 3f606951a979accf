package io.sluice.gateway.stream;

import static java.util.Objects.requireNonNullElse;

import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

import io.sluice.gateway.stream.ReadRecords.Reading;

/**
 * What came after a client's place and is no longer in the tail, read from the topics: as slowly as the client takes it,
 * so that nothing is queued. Closed by whoever opened it.
 */
final class PastEvents implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(500);

    /** What the topics still have of a place. */
    enum Standing {
        /** All that came since, but for what newer records of the same keys have replaced. */
        THERE,
        /** Something that came since is no longer kept. */
        TOO_OLD,
        /** The place is later than the topics' end: they are not those that it was told from. */
        AHEAD
    }

    /** Where one event goes. */
    interface Listener {
        void tell(StreamedEvent event, Position at) throws IOException;
    }

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Set<FollowedTopic> topics;
    private final Map<FollowedTopic, Reading> readings = new EnumMap<>(FollowedTopic.class);
    private Position at;

    PastEvents(OpenTopics open, ReadRecords records, Position at) {
        this.at = at;
        this.consumer = open.open("sluice-gateway-events-past");
        try {
            this.topics = OpenTopics.existing(consumer);
            consumer.assign(OpenTopics.partitions(topics));
            topics.forEach(topic -> readings.put(topic, records.begin(topic)));
        } catch (RuntimeException failed) {
            consumer.close();
            throw failed;
        }
    }

    Standing standing() {
        List<TopicPartition> partitions = OpenTopics.partitions(topics);
        Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        boolean tooOld = false;
        for (FollowedTopic topic : FollowedTopic.values()) {
            for (TopicPartition partition : topic.all()) {
                long next = at.next(topic.slotOf(partition.partition()));
                if (next > requireNonNullElse(ends.get(partition), 0L)) {
                    return Standing.AHEAD;
                }
                tooOld |= next < requireNonNullElse(beginnings.get(partition), 0L);
            }
        }
        return tooOld ? Standing.TOO_OLD : Standing.THERE;
    }

    /** To be called once, before {@link #tellSome}, when all is there. */
    void begin() {
        for (FollowedTopic topic : topics) {
            if (topic.tellsChanges()) {
                consumer.seekToBeginning(topic.all());
            } else {
                topic.all()
                        .forEach(partition -> consumer.seek(partition, at.next(topic.slotOf(partition.partition()))));
            }
        }
    }

    /** Tells what the topics give at once, or nothing when nothing comes soon. */
    void tellSome(Listener to) throws IOException {
        ConsumerRecords<byte[], byte[]> some = consumer.poll(POLL);
        for (FollowedTopic topic : topics) {
            Reading reading = requireNonNullElse(readings.get(topic), told -> null);
            for (ConsumerRecord<byte[], byte[]> told :
                    some.records(topic.topic().name())) {
                StreamedEvent event = reading.read(told);
                if (event != null && event.offset() >= at.next(event.slot())) {
                    at = at.withNext(event.slot(), event.offset() + 1);
                    to.tell(event, at);
                }
            }
        }
        long[] read = at.offsets();
        for (FollowedTopic topic : topics) {
            for (TopicPartition partition : topic.all()) {
                int slot = topic.slotOf(partition.partition());
                read[slot] = Math.max(read[slot], consumer.position(partition));
            }
        }
        at = at.withAll(read);
    }

    /** How far all is told. */
    Position at() {
        return at;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
