package io.sluice.testsupport;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;

import io.sluice.contract.Topic;

/** Looks into a broker from outside, and says things to it that no service would. */
public final class TopicProbe {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final String bootstrapServers;

    public TopicProbe(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    /** Makes topics that are not there yet, with their partitions; nothing else is set. Each can be read afterwards. */
    public void create(Topic... topics) {
        withAdmin(admin -> {
            Set<String> existing = admin.listTopics().names().get();
            List<NewTopic> missing = List.of(topics).stream()
                    .filter(topic -> !existing.contains(topic.name()))
                    .map(topic -> new NewTopic(topic.name(), topic.partitions(), (short) 1))
                    .toList();
            return admin.createTopics(missing).all().get();
        });
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            List.of(topics).forEach(topic -> partitions(consumer, topic.name()));
        }
    }

    /** All committed records from the start to the end as it is now, ordered within each partition. */
    public List<ConsumerRecord<byte[], byte[]>> read(String topic) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            List<TopicPartition> partitions = partitions(consumer, topic);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
            long deadline = System.nanoTime() + LIMIT.toNanos();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
                if (System.nanoTime() > deadline) {
                    throw new AssertionError("Did not reach the end of " + topic + " in " + LIMIT);
                }
            }
            return records;
        }
    }

    /** A broker tells of a topic a moment after its controller has made it, or after it has started itself. */
    private static List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer, String topic) {
        return Awaitility.await("the broker knows " + topic)
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(50))
                .pollDelay(Duration.ZERO)
                .until(() -> consumer.partitionsFor(topic), told -> !told.isEmpty())
                .stream()
                .map(part -> new TopicPartition(topic, part.partition()))
                .toList();
    }

    /** Waits until the topic holds a record that fits, and gives the first. */
    public ConsumerRecord<byte[], byte[]> await(
            String topic, Duration limit, Predicate<ConsumerRecord<byte[], byte[]>> fits) {
        return Awaitility.await("a record in " + topic)
                .atMost(limit)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> read(topic).stream().filter(fits).findFirst(), java.util.Optional::isPresent)
                .orElseThrow();
    }

    /** Writes one record as it is, and waits for the broker's word. A null value is a tombstone. */
    public RecordMetadata produce(ProducerRecord<byte[], byte[]> record) {
        return produceAll(List.of(record)).getFirst();
    }

    /** Writes records in this order, and waits for the broker's word. */
    public List<RecordMetadata> produceAll(Collection<ProducerRecord<byte[], byte[]>> records) {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ProducerConfig.LINGER_MS_CONFIG,
                        0,
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                        (int) LIMIT.toMillis(),
                        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                        10_000),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            List<java.util.concurrent.Future<RecordMetadata>> sent =
                    records.stream().map(producer::send).toList();
            List<RecordMetadata> written = new ArrayList<>();
            for (java.util.concurrent.Future<RecordMetadata> each : sent) {
                written.add(each.get());
            }
            return written;
        } catch (ExecutionException e) {
            throw new AssertionError("The broker refused a record", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** What a group has committed, by partition. */
    public Map<TopicPartition, Long> committed(String group) {
        return withAdmin(admin -> {
            Map<TopicPartition, Long> offsets = new java.util.TreeMap<>(
                    java.util.Comparator.comparing(TopicPartition::topic).thenComparing(TopicPartition::partition));
            admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .forEach((partition, offset) -> {
                        if (offset != null) {
                            offsets.put(partition, offset.offset());
                        }
                    });
            return offsets;
        });
    }

    /** An empty broker for the next application. Waits until the topics are gone, so that they can be made again. */
    public void removeAllTopicsAndGroups() {
        withAdmin(admin -> {
            Set<String> topics = admin.listTopics().names().get();
            List<String> groups = admin.listGroups().all().get().stream()
                    .map(GroupListing::groupId)
                    .toList();
            admin.deleteTopics(topics).all().get();
            Awaitility.await("groups deleted")
                    .atMost(LIMIT)
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> {
                        try {
                            admin.deleteConsumerGroups(groups).all().get();
                            return true;
                        } catch (ExecutionException stillHasMembers) {
                            return admin.listGroups().all().get().isEmpty();
                        }
                    });
            Awaitility.await("topics deleted")
                    .atMost(LIMIT)
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> admin.listTopics().names().get().isEmpty());
            return true;
        });
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.CLIENT_ID_CONFIG,
                        "probe-" + UUID.randomUUID(),
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    private <T> T withAdmin(AdminCall<T> call) {
        try (Admin admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                (int) LIMIT.toMillis()))) {
            return call.with(admin);
        } catch (ExecutionException e) {
            throw new AssertionError("The broker refused", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private interface AdminCall<T> {
        T with(Admin admin) throws ExecutionException, InterruptedException;
    }
}
