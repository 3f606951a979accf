package io.sluice.gateway.stream;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jakarta.enterprise.context.ApplicationScoped;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

import io.sluice.gateway.BrokerSettings;

/** How the followed topics are opened. */
@ApplicationScoped
class OpenTopics {

    /** Records are below a few kilobytes; a client that resumes far back must not fill the heap. */
    private static final int FETCH_BYTES = 1024 * 1024;

    private static final int PARTITION_FETCH_BYTES = 256 * 1024;

    private final BrokerSettings broker;

    OpenTopics(BrokerSettings broker) {
        this.broker = broker;
    }

    /** A consumer without a group, not assigned. */
    KafkaConsumer<byte[], byte[]> open(String clientId) {
        return new KafkaConsumer<>(broker.consumer(Map.ofEntries(
                Map.entry(ConsumerConfig.CLIENT_ID_CONFIG, clientId),
                Map.entry(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false),
                Map.entry(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed"),
                // A place that the topic does not have is an answer, not a reason to be anywhere else.
                Map.entry(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none"),
                Map.entry(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false),
                Map.entry(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES),
                Map.entry(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, PARTITION_FETCH_BYTES),
                Map.entry(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 30_000),
                Map.entry(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class),
                Map.entry(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class))));
    }

    /** Those of the followed topics that the broker has. */
    static Set<FollowedTopic> existing(KafkaConsumer<byte[], byte[]> consumer) {
        Set<FollowedTopic> there = EnumSet.noneOf(FollowedTopic.class);
        Arrays.stream(FollowedTopic.values())
                .filter(topic -> exists(consumer, topic))
                .forEach(there::add);
        return there;
    }

    static boolean exists(KafkaConsumer<byte[], byte[]> consumer, FollowedTopic topic) {
        return !consumer.partitionsFor(topic.topic().name()).isEmpty();
    }

    static List<TopicPartition> partitions(Collection<FollowedTopic> topics) {
        return topics.stream().flatMap(topic -> topic.all().stream()).toList();
    }
}
