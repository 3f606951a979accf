package io.sluice.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A clean stop in the middle of transactions leaves none open: behind an open one readers of what is committed see nothing, for ever. */
class TransactionsOverAStopIT {

    private static final int PARTITIONS = 24;
    private static final int PRODUCERS = 4;

    @Test
    void no_transaction_stays_open(@TempDir Path dir) throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(dir, 0)) {
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
                admin.createTopics(List.of(new NewTopic("written", PARTITIONS, (short) 1)))
                        .all()
                        .get();
            }
            AtomicBoolean stop = new AtomicBoolean();
            AtomicInteger committed = new AtomicInteger();
            List<Thread> producers = new ArrayList<>();
            for (int i = 0; i < PRODUCERS; i++) {
                String id = "writer-" + i;
                producers.add(Thread.ofPlatform().start(() -> write(kafka.bootstrapServers(), id, stop, committed)));
            }
            for (int i = 0; i < 3; i++) {
                int before = committed.get();
                Awaitility.await("transactions")
                        .atMost(Duration.ofMinutes(1))
                        .until(() -> committed.get() >= before + 20);
                kafka.close();
                kafka.restart();
            }
            stop.set(true);
            for (Thread producer : producers) {
                producer.join();
            }
            Awaitility.await("no open transaction")
                    .atMost(Duration.ofSeconds(40))
                    .untilAsserted(
                            () -> assertThat(open(kafka.bootstrapServers())).isZero());
        }
    }

    private static void write(String address, String id, AtomicBoolean stop, AtomicInteger committed) {
        while (!stop.get()) {
            try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                    Map.of("bootstrap.servers", address, "transactional.id", id, "max.block.ms", 5000),
                    new StringSerializer(),
                    new StringSerializer())) {
                producer.initTransactions();
                while (!stop.get()) {
                    producer.beginTransaction();
                    for (int partition = 0; partition < PARTITIONS; partition++) {
                        producer.send(new ProducerRecord<>("written", partition, null, "one"));
                    }
                    producer.commitTransaction();
                    committed.incrementAndGet();
                }
            } catch (KafkaException away) {
                // A new producer goes on under the same name, as the relays do.
            }
        }
    }

    private static long open(String address) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", address))) {
            List<TopicPartition> partitions = IntStream.range(0, PARTITIONS)
                    .mapToObj(partition -> new TopicPartition("written", partition))
                    .toList();
            return admin.describeProducers(partitions).all().get().values().stream()
                    .flatMap(state -> state.activeProducers().stream())
                    .filter(producer -> producer.currentTransactionStartOffset().isPresent())
                    .count();
        }
    }
}
