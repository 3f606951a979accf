package io.sluice.search.index;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

import io.sluice.contract.Topic;
import io.sluice.contract.Topics;

/**
 * Which topics there are: a topic that was made anew has another id, and offsets of the former one mean nothing in it.
 *
 * @param ids by topic name
 */
record TopicStand(String cluster, SortedMap<String, String> ids, List<TopicPartition> partitions) {

    private static final long PATIENCE_SECONDS = 5;

    /** Those that search reads. */
    static final List<String> READ = Topics.all().stream()
            .filter(topic -> topic.readers().contains("search"))
            .map(Topic::name)
            .toList();

    /** @throws KafkaException when the broker does not answer or a topic is missing */
    static TopicStand ask(Admin admin) {
        try {
            String cluster = admin.describeCluster().clusterId().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            Map<String, TopicDescription> topics =
                    admin.describeTopics(READ).allTopicNames().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            SortedMap<String, String> ids = new TreeMap<>();
            topics.forEach((name, topic) -> ids.put(name, topic.topicId().toString()));
            List<TopicPartition> partitions = topics.values().stream()
                    .flatMap(topic -> topic.partitions().stream()
                            .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                    .toList();
            return new TopicStand(cluster, ids, partitions);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof UnknownTopicOrPartitionException
                    ? new KafkaException(
                            "Topics are missing; ingest and media make theirs when they start, or the cluster's owner does")
                    : new KafkaException("The broker does not answer: " + failed.getCause(), failed);
        } catch (TimeoutException silent) {
            throw new KafkaException("The broker does not answer within " + PATIENCE_SECONDS + " s", silent);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted", stopped);
        }
    }
}
