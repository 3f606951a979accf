package io.sluice.e2e.nemesis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

import io.sluice.contract.Topic;
import io.sluice.contract.Topics;
import io.sluice.contract.ingest.v1.LedgerEntry;

/** What stands on the topics, for whoever reads them from their start. */
final class TopicsChecked {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Stage stage;

    TopicsChecked(Stage stage) {
        this.stage = stage;
    }

    /** Law 1: the last record of a key has the newest version, also when a frozen relay woke up late. */
    List<String> newest() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (Topic topic : Topics.all()) {
            if (!topic.compacted()) {
                continue;
            }
            Map<String, Long> newest = new HashMap<>();
            Map<String, Long> last = new HashMap<>();
            for (ConsumerRecord<byte[], byte[]> record : read(topic.name())) {
                String key = HexFormat.of().formatHex(record.key());
                long version = Long.parseLong(new String(
                        record.headers().lastHeader("ce_aggregateversion").value(), UTF_8));
                newest.merge(key, version, Math::max);
                last.put(key, version);
            }
            newest.forEach((key, version) -> {
                if (!version.equals(last.get(key))) {
                    wrong.add(
                            topic.name() + " ends on version " + last.get(key) + " of " + key + ", and had " + version);
                }
            });
        }
        return FilesChecked.few(wrong);
    }

    /** Every entry of the table is there; one may be there twice, with the same id. */
    List<String> ledger() throws IOException, SQLException {
        Set<String> entries = new HashSet<>();
        try (Connection connection = stage.stack().mariaDb().connect("ledger");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT entry_id FROM ingest_event")) {
            while (rows.next()) {
                entries.add(rows.getString(1));
            }
        }
        for (ConsumerRecord<byte[], byte[]> record : read(Topics.INGEST_LEDGER.name())) {
            entries.remove(LedgerEntry.parseFrom(record.value()).getEntryId());
        }
        return FilesChecked.few(
                entries.stream().map(entry -> "not on its topic: " + entry).toList());
    }

    private List<ConsumerRecord<byte[], byte[]>> read(String topic) throws IOException {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        stage.stack().kafka().bootstrapServers(),
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(part -> new TopicPartition(topic, part.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
            long deadline = System.nanoTime() + LIMIT.toNanos();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
                if (System.nanoTime() > deadline) {
                    throw new IOException("Did not reach the end of " + topic + " in " + LIMIT);
                }
            }
            return records;
        }
    }
}
