package io.sluice.search.index;

import static java.util.stream.Collectors.toMap;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

import io.sluice.contract.Topics;
import io.sluice.search.index.IndexState.Position;

/**
 * Where reading is, and when it has caught up: past the ends that were seen at its start. Until then assets wait for their
 * parts: a document that is not shown yet costs little, and each is made whole only once.
 */
final class ReadProgress {

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<TopicPartition, Long> ends;
    private final List<TopicPartition> assets;
    private boolean assetsWait;

    /** Begins: the consumer is assigned and stands where it goes on. */
    ReadProgress(KafkaConsumer<byte[], byte[]> consumer) {
        this.consumer = consumer;
        this.ends = consumer.endOffsets(consumer.assignment());
        this.assets = consumer.assignment().stream()
                .filter(partition -> partition.topic().equals(Topics.INGEST_ASSET.name()))
                .toList();
        consumer.pause(assets);
        assetsWait = true;
        resumeAssets();
    }

    /** To be called after every poll. */
    boolean caughtUp() {
        resumeAssets();
        return !assetsWait && passed(ends.keySet());
    }

    /** The next record of each partition: everything before was given out by polls. */
    Map<TopicPartition, Long> offsets() {
        return consumer.assignment().stream().collect(toMap(Function.identity(), consumer::position));
    }

    List<Position> positions() {
        return consumer.assignment().stream()
                .map(partition -> new Position(
                        partition.topic(),
                        partition.partition(),
                        consumer.position(partition),
                        consumer.currentLag(partition)))
                .toList();
    }

    /** From 0 to 100: how much of what was there at the start has been read. */
    long percent(Map<TopicPartition, Long> starts) {
        long all = 0;
        long read = 0;
        for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
            long start = Math.min(starts.getOrDefault(end.getKey(), 0L), end.getValue());
            all += end.getValue() - start;
            read += Math.min(consumer.position(end.getKey()), end.getValue()) - start;
        }
        return all == 0 ? 100 : read * 100 / all;
    }

    private void resumeAssets() {
        if (assetsWait
                && passed(ends.keySet().stream()
                        .filter(partition -> !assets.contains(partition))
                        .toList())) {
            consumer.resume(assets);
            assetsWait = false;
        }
    }

    private boolean passed(Collection<TopicPartition> partitions) {
        return partitions.stream()
                .allMatch(partition -> consumer.position(partition) >= ends.getOrDefault(partition, 0L));
    }
}
