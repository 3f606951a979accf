package io.sluice.gateway.pipeline.lag;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import java.util.UUID;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.eclipse.microprofile.config.ConfigProvider;

import io.sluice.contract.Topic;

/** Sends in transactions, as an outbox relay does: each leaves its marker in the log. */
final class Relay implements AutoCloseable {

    private final KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
            Map.of(
                    ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                    ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class),
                    ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                    "relay-" + UUID.randomUUID()),
            new ByteArraySerializer(),
            new ByteArraySerializer());

    Relay() {
        producer.initTransactions();
    }

    void commit(Topic topic, int partition, int records) {
        send(topic, partition, records);
        producer.commitTransaction();
    }

    void abort(Topic topic, int partition, int records) {
        send(topic, partition, records);
        producer.flush();
        producer.abortTransaction();
    }

    private void send(Topic topic, int partition, int records) {
        producer.beginTransaction();
        for (int i = 0; i < records; i++) {
            producer.send(new ProducerRecord<>(
                    topic.name(), partition, ("key" + i).getBytes(UTF_8), "value".getBytes(UTF_8)));
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
