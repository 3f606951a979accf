package io.sluice.search.index;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

import org.apache.kafka.common.TopicPartition;
import org.apache.lucene.index.IndexWriter;

import io.sluice.search.document.Fields;

/**
 * What a commit of the index says about itself: which records its documents are made of. Lucene writes both in one step,
 * so they never disagree.
 *
 * @param topics ids by name
 * @param offsets the next record to read, by {@code topic/partition}
 * @param complete whether it had caught up with its topics at least once
 */
record CommitPoint(
        int schema,
        String cluster,
        SortedMap<String, String> topics,
        SortedMap<String, Long> offsets,
        Instant at,
        boolean complete) {

    private static final String TOPIC = "topic.";
    private static final String OFFSET = "offset.";

    /** Nothing was read yet. */
    static CommitPoint beginning(TopicStand stand) {
        return new CommitPoint(Fields.SCHEMA, stand.cluster(), stand.ids(), new TreeMap<>(), Instant.now(), false);
    }

    static CommitPoint of(TopicStand stand, Map<TopicPartition, Long> offsets, boolean complete) {
        SortedMap<String, Long> named = new TreeMap<>();
        offsets.forEach((partition, offset) -> named.put(nameOf(partition), offset));
        return new CommitPoint(Fields.SCHEMA, stand.cluster(), stand.ids(), named, Instant.now(), complete);
    }

    static CommitPoint read(Map<String, String> told) {
        SortedMap<String, String> topics = new TreeMap<>();
        SortedMap<String, Long> offsets = new TreeMap<>();
        told.forEach((key, value) -> {
            if (key.startsWith(TOPIC)) {
                topics.put(key.substring(TOPIC.length()), value);
            } else if (key.startsWith(OFFSET)) {
                offsets.put(key.substring(OFFSET.length()), Long.valueOf(value));
            }
        });
        return new CommitPoint(
                Integer.parseInt(told.getOrDefault("schema", "0")),
                told.getOrDefault("cluster", ""),
                topics,
                offsets,
                Instant.parse(told.getOrDefault("at", Instant.EPOCH.toString())),
                Boolean.parseBoolean(told.get("complete")));
    }

    /** For the next commit of the writer. */
    void writeTo(IndexWriter writer) {
        Map<String, String> told = new HashMap<>();
        told.put("schema", Integer.toString(schema));
        told.put("cluster", cluster);
        told.put("at", at.toString());
        told.put("complete", Boolean.toString(complete));
        topics.forEach((name, id) -> told.put(TOPIC + name, id));
        offsets.forEach((partition, offset) -> told.put(OFFSET + partition, offset.toString()));
        writer.setLiveCommitData(told.entrySet());
    }

    long offsetOf(TopicPartition partition) {
        return offsets.getOrDefault(nameOf(partition), 0L);
    }

    /** Why this index cannot be gone on with; empty when it can. */
    Optional<String> whyNot(TopicStand stand, Duration oldest) {
        if (schema != Fields.SCHEMA) {
            return Optional.of("its documents are of version " + schema + ", this release makes " + Fields.SCHEMA);
        }
        if (!cluster.equals(stand.cluster())) {
            return Optional.of("it was made from another cluster, " + cluster);
        }
        if (!topics.equals(stand.ids())) {
            return Optional.of("topics were made anew since");
        }
        if (at.isBefore(Instant.now().minus(oldest))) {
            return Optional.of("its last commit is of " + at + ", and topics forget what was deleted");
        }
        return Optional.empty();
    }

    private static String nameOf(TopicPartition partition) {
        return partition.topic() + "/" + partition.partition();
    }
}
