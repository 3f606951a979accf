package io.sluice.ingest.observation;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import jakarta.enterprise.context.ApplicationScoped;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.contract.Topics;
import io.smallrye.common.annotation.Identifier;

/**
 * How far the group {@code ingest.file} has come on {@code scanner.file}. A commit stands behind the last record, an end
 * offset behind the last transaction marker; so where they differ, it is looked whether any record lies between them.
 */
@ApplicationScoped
class GroupPosition {

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Map<String, Object> broker;

    GroupPosition(@Identifier("default-kafka-broker") Map<String, Object> broker) {
        this.broker = broker;
    }

    /** The end offsets of all partitions, as {@code partition:offset,…}. */
    String ends() {
        return withConsumer(consumer -> consumer.endOffsets(partitions(consumer), PATIENCE).entrySet().stream()
                .map(end -> end.getKey().partition() + ":" + end.getValue())
                .sorted()
                .collect(Collectors.joining(",")));
    }

    /** Whether every record before these ends was handled and committed. */
    boolean passed(String ends) {
        Map<TopicPartition, Long> missing = new HashMap<>();
        return withConsumer(consumer -> {
            Map<TopicPartition, Long> wanted = parse(ends);
            Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(wanted.keySet(), PATIENCE);
            Map<TopicPartition, Long> begins = consumer.beginningOffsets(wanted.keySet(), PATIENCE);
            Map<TopicPartition, Long> from = new HashMap<>();
            wanted.forEach((partition, end) -> {
                OffsetAndMetadata commit = committed.get(partition);
                long position = Math.max(commit == null ? 0 : commit.offset(), begins.getOrDefault(partition, 0L));
                if (position < end) {
                    missing.put(partition, end);
                    from.put(partition, position);
                }
            });
            return missing.isEmpty() || onlyMarkers(consumer, from, missing);
        });
    }

    private static boolean onlyMarkers(
            KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> from, Map<TopicPartition, Long> ends) {
        consumer.assign(from.keySet());
        from.forEach(consumer::seek);
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < until) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                TopicPartition partition = new TopicPartition(record.topic(), record.partition());
                if (record.offset() < ends.getOrDefault(partition, 0L)) {
                    return false;
                }
            }
            boolean all = ends.entrySet().stream()
                    .allMatch(end -> consumer.position(end.getKey(), PATIENCE) >= end.getValue());
            if (all) {
                return true;
            }
        }
        return false;
    }

    private static Map<TopicPartition, Long> parse(String ends) {
        Map<TopicPartition, Long> parsed = new HashMap<>();
        for (String end : ends.split(",", -1)) {
            int colon = end.indexOf(':');
            parsed.put(
                    new TopicPartition(Topics.SCANNER_FILE.name(), Integer.parseInt(end.substring(0, colon))),
                    Long.parseLong(end.substring(colon + 1)));
        }
        return parsed;
    }

    private static List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer) {
        return consumer.partitionsFor(Topics.SCANNER_FILE.name(), PATIENCE).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
    }

    private interface Question<T> {
        T ask(KafkaConsumer<byte[], byte[]> consumer);
    }

    /** A consumer that reads the group's commits without joining it, and commits nothing. */
    private <T> T withConsumer(Question<T> question) {
        Properties settings = new Properties();
        settings.putAll(new TreeMap<>(broker));
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, OnFileObserved.GROUP);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "ingest-bucket-comparison");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            return question.ask(consumer);
        } catch (KafkaException e) {
            throw new CodedException(
                    ErrorCode.BROKER_UNAVAILABLE, "The broker does not say how far ingest.file has come: " + e, e);
        }
    }
}
