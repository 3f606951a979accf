package io.sluice.gateway.pipeline.lag;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Counts records between two offsets of a partition. Offsets alone would count the markers of transactions and what
 * compaction took away, so records are read: all of a short stretch, the beginning and the end of a long one.
 */
final class CountWaiting {

    private static final Duration POLL = Duration.ofMillis(200);

    /** Where to count; to is exclusive and the end of what can be read. */
    record Stretch(long from, long to) {
        long length() {
            return to - from;
        }
    }

    /** @param oldestAt null when nothing was read in time */
    record Waiting(
            long messages, boolean estimated, @Nullable Instant oldestAt) {}

    /** What was read of a stretch: records, and how many offsets they lay on. */
    private static final class Reading {
        final long from;
        final long to;
        final long enough;
        long records;
        long reached;

        @Nullable
        Instant firstAt;

        Reading(long from, long to, long enough) {
            this.from = from;
            this.to = to;
            this.enough = enough;
            this.reached = from;
        }

        void take(ConsumerRecord<byte[], byte[]> record) {
            if (record.offset() < to) {
                records++;
                firstAt = firstAt == null ? Instant.ofEpochMilli(record.timestamp()) : firstAt;
            }
        }

        boolean over() {
            return reached >= to || records >= enough;
        }
    }

    private final Consumer<byte[], byte[]> consumer;
    private final int exactly;
    private final int sample;

    CountWaiting(Consumer<byte[], byte[]> consumer, int exactly, int sample) {
        this.consumer = consumer;
        this.exactly = exactly;
        this.sample = sample;
    }

    /** Counts in every stretch that is not empty; what is not read by the deadline is estimated from what was. */
    Map<TopicPartition, Waiting> count(Map<TopicPartition, Stretch> stretches, long deadlineNanos) {
        Map<TopicPartition, Reading> beginnings = new HashMap<>();
        Map<TopicPartition, Reading> ends = new HashMap<>();
        stretches.forEach((partition, stretch) -> {
            boolean isShort = stretch.length() <= exactly;
            beginnings.put(partition, new Reading(stretch.from(), stretch.to(), isShort ? Long.MAX_VALUE : sample));
            if (!isShort) {
                // Twice as many offsets: at worst every second one is a marker.
                ends.put(
                        partition,
                        new Reading(
                                Math.max(stretch.from(), stretch.to() - 2L * sample), stretch.to(), Long.MAX_VALUE));
            }
        });
        read(beginnings, deadlineNanos);
        read(ends, deadlineNanos);
        Map<TopicPartition, Waiting> counted = new HashMap<>();
        stretches.forEach((partition, stretch) ->
                counted.put(partition, waiting(stretch, beginnings.get(partition), ends.get(partition))));
        return counted;
    }

    private static Waiting waiting(Stretch stretch, @Nullable Reading beginning, @Nullable Reading end) {
        if (beginning == null) {
            return new Waiting(stretch.length(), true, null);
        }
        if (beginning.reached >= stretch.to()) {
            return new Waiting(beginning.records, false, beginning.firstAt);
        }
        long offsets = beginning.reached - beginning.from + (end == null ? 0 : end.reached - end.from);
        long records = beginning.records + (end == null ? 0 : end.records);
        long about = offsets == 0 ? stretch.length() : Math.round((double) records / offsets * stretch.length());
        return new Waiting(Math.max(about, records), true, beginning.firstAt);
    }

    private void read(Map<TopicPartition, Reading> readings, long deadlineNanos) {
        if (readings.isEmpty()) {
            return;
        }
        consumer.assign(readings.keySet());
        readings.forEach((partition, reading) -> consumer.seek(partition, reading.from));
        Set<TopicPartition> open = new HashSet<>(readings.keySet());
        while (!open.isEmpty() && System.nanoTime() < deadlineNanos) {
            ConsumerRecords<byte[], byte[]> polled = consumer.poll(POLL);
            for (ConsumerRecord<byte[], byte[]> record : polled) {
                Reading reading = readings.get(new TopicPartition(record.topic(), record.partition()));
                if (reading != null) {
                    reading.take(record);
                }
            }
            open.removeIf(partition -> {
                Reading reading = readings.get(partition);
                if (reading == null) {
                    return true;
                }
                reading.reached = Math.min(reading.to, consumer.position(partition));
                if (reading.over()) {
                    consumer.pause(Set.of(partition));
                }
                return reading.over();
            });
        }
        consumer.unsubscribe();
    }
}
