package io.sluice.search.index;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

import io.sluice.contract.Topic;
import io.sluice.localstack.EmbeddedKafka;
import io.sluice.search.Told;
import io.sluice.testsupport.TopicProbe;

/** A real broker for the index alone: search has no database. Ends with the JVM. */
final class Broker {

    private static final EmbeddedKafka KAFKA =
            EmbeddedKafka.start(Path.of("target", "broker-" + UUID.randomUUID()).toAbsolutePath(), 0);
    private static final TopicProbe PROBE = new TopicProbe(KAFKA.bootstrapServers());

    private Broker() {}

    static String servers() {
        return KAFKA.bootstrapServers();
    }

    /** Topics without a record. */
    static void empty() {
        PROBE.removeAllTopicsAndGroups();
        PROBE.create(Told.TOPICS);
    }

    @SafeVarargs
    static void tell(ProducerRecord<byte[], byte[]>... records) {
        PROBE.produceAll(Arrays.asList(records));
    }

    static void tell(Collection<ProducerRecord<byte[], byte[]>> records) {
        PROBE.produceAll(records);
    }

    static void kill() {
        KAFKA.kill();
    }

    static void restart() {
        KAFKA.restart();
    }

    static Map<TopicPartition, Long> ends() {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", servers()), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = Arrays.stream(Told.TOPICS)
                    .map(Topic::name)
                    .flatMap(topic -> consumer.partitionsFor(topic).stream()
                            .map(partition -> new TopicPartition(topic, partition.partition())))
                    .toList();
            return new HashMap<>(consumer.endOffsets(partitions));
        }
    }
}
