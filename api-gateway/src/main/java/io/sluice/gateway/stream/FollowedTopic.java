package io.sluice.gateway.stream;

import java.util.List;
import java.util.stream.IntStream;

import org.apache.kafka.common.TopicPartition;

import io.sluice.contract.Topic;
import io.sluice.contract.Topics;

/**
 * The topics that are passed on. Every partition of theirs has a slot, counted through all of them: {@link Position}
 * has a number for each.
 */
enum FollowedTopic {
    /** What happens to imports. */
    LEDGER('l', "gateway.ledger", Topics.INGEST_LEDGER, EventType.LEDGER),
    /** What was made of assets. */
    RENDITION('a', "gateway.rendition", Topics.MEDIA_RENDITION, EventType.ASSET),
    /** How the libraries are; {@code gateway.library} is who keeps their roots. */
    LIBRARY('h', "gateway.health", Topics.SCANNER_LIBRARY, EventType.LIBRARY);

    private static final int SLOTS =
            List.of(values()).stream().mapToInt(FollowedTopic::partitions).sum();

    private final char letter;
    private final String reader;
    private final Topic topic;
    private final EventType type;

    FollowedTopic(char letter, String reader, Topic topic, EventType type) {
        this.letter = letter;
        this.reader = reader;
        this.topic = topic;
        this.type = type;
    }

    /** How many partitions are followed in all. */
    static int slots() {
        return SLOTS;
    }

    /** What it is called in an event's id. */
    char letter() {
        return letter;
    }

    /** What its reader is called where lag is told. */
    String reader() {
        return reader;
    }

    Topic topic() {
        return topic;
    }

    EventType type() {
        return type;
    }

    int partitions() {
        return topic.partitions();
    }

    int firstSlot() {
        int first = 0;
        for (FollowedTopic before : values()) {
            if (before == this) {
                break;
            }
            first += before.partitions();
        }
        return first;
    }

    int slotOf(int partition) {
        return firstSlot() + partition;
    }

    /** Its partitions in the order of their slots. */
    List<TopicPartition> all() {
        return IntStream.range(0, partitions())
                .mapToObj(partition -> new TopicPartition(topic.name(), partition))
                .toList();
    }

    /** Whether what a record says depends on the records before it, so that it must be read from its beginning. */
    boolean tellsChanges() {
        return this == LIBRARY;
    }
}
