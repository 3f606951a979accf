package io.sluice.gateway.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Map;
import jakarta.enterprise.context.ApplicationScoped;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.InvalidProtocolBufferException;

import io.sluice.contract.Topics;
import io.sluice.contract.ingest.v1.LedgerEntry;
import io.sluice.gateway.GatewayMetrics;
import io.sluice.gateway.importing.LedgerEntryRepresentation;

/** The one partition of the ledger's topic: how it is opened, and what a record of it says. */
@ApplicationScoped
class LedgerTopic {

    static final TopicPartition PARTITION = new TopicPartition(Topics.INGEST_LEDGER.name(), 0);

    private static final Logger LOG = Logger.getLogger(LedgerTopic.class);
    /** Entries are below a kilobyte; a client that resumes far back must not fill the heap. */
    private static final int FETCH_BYTES = 512 * 1024;

    private final String bootstrapServers;
    private final ObjectMapper json;
    private final GatewayMetrics metrics;

    LedgerTopic(
            @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers,
            ObjectMapper json,
            GatewayMetrics metrics) {
        this.bootstrapServers = bootstrapServers;
        this.json = json;
        this.metrics = metrics;
    }

    /**
     * A consumer without a group, assigned and not yet placed.
     *
     * @throws IllegalStateException when the topic does not exist yet
     */
    KafkaConsumer<byte[], byte[]> open(String clientId) {
        KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(Map.ofEntries(
                Map.entry(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
                Map.entry(ConsumerConfig.CLIENT_ID_CONFIG, clientId),
                Map.entry(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false),
                Map.entry(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed"),
                // A place that the topic does not have is an answer, not a reason to be anywhere else.
                Map.entry(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none"),
                Map.entry(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false),
                Map.entry(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES),
                Map.entry(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 30_000),
                Map.entry(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class),
                Map.entry(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class)));
        try {
            if (consumer.partitionsFor(PARTITION.topic()).isEmpty()) {
                throw new IllegalStateException(
                        "The topic does not exist yet; ingest, or the cluster's owner, creates it");
            }
            consumer.assign(List.of(PARTITION));
            return consumer;
        } catch (RuntimeException failed) {
            consumer.close();
            throw failed;
        }
    }

    static long beginning(KafkaConsumer<byte[], byte[]> consumer) {
        return consumer.beginningOffsets(List.of(PARTITION)).getOrDefault(PARTITION, 0L);
    }

    static long end(KafkaConsumer<byte[], byte[]> consumer) {
        return consumer.endOffsets(List.of(PARTITION)).getOrDefault(PARTITION, 0L);
    }

    /** What a record says; null when it cannot be read, which is logged and counted. */
    @Nullable
    StreamedEvent read(ConsumerRecord<byte[], byte[]> told) {
        try {
            LedgerEntry entry = LedgerEntry.parseFrom(told.value() == null ? new byte[0] : told.value());
            String subject = told.key() == null || !entry.getSubject().isEmpty()
                    ? entry.getSubject()
                    : new String(told.key(), UTF_8);
            metrics.ledgerRecord(true);
            return new StreamedEvent(
                    told.offset(), subject, json.writeValueAsString(LedgerEntryRepresentation.of(entry)));
        } catch (InvalidProtocolBufferException | JsonProcessingException unreadable) {
            metrics.ledgerRecord(false);
            LOG.errorf(
                    unreadable,
                    "ledger record unreadable topic=%s partition=%d offset=%d",
                    told.topic(),
                    told.partition(),
                    told.offset());
            return null;
        }
    }
}
