package io.sluice.gateway.pipeline.lag;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsResult;
import org.apache.kafka.clients.admin.DescribeTopicsResult;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsResult;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;

/** Asks the broker where groups stand and where topics begin and end: a handful of questions for all of them together. */
final class BrokerOffsets {

    /** @param end the last stable offset: what a transaction that is open holds back waits for nobody yet */
    record Bounds(long beginning, long end) {}

    /** @param committed by partition; a partition without one is not there */
    record GroupPlace(int members, Map<TopicPartition, Long> committed) {}

    private final Admin admin;
    private final Duration patience;

    BrokerOffsets(Admin admin, Duration patience) {
        this.admin = admin;
        this.patience = patience;
    }

    /** Where the groups stand, each by itself or with the reason why it is not known; to be asked before {@link #bounds}. */
    Map<String, Outcome<GroupPlace>> groups(Set<String> groups) {
        DescribeConsumerGroupsResult described = admin.describeConsumerGroups(groups);
        ListConsumerGroupOffsetsResult committed = admin.listConsumerGroupOffsets(
                groups.stream().collect(Collectors.toMap(group -> group, group -> new ListConsumerGroupOffsetsSpec())));
        long deadline = deadline();
        Map<String, Outcome<GroupPlace>> places = new HashMap<>();
        for (String group : groups) {
            places.put(
                    group,
                    Outcome.of(() -> new GroupPlace(
                            members(asked(described.describedGroups(), group), deadline),
                            offsets(committed.partitionsToOffsetAndMetadata(group), deadline))));
        }
        return places;
    }

    /** Where the partitions of the topics begin and end. */
    Map<String, Outcome<Map<TopicPartition, Bounds>>> bounds(Set<String> topics) {
        DescribeTopicsResult described = admin.describeTopics(topics);
        long deadline = deadline();
        Map<String, Outcome<List<TopicPartition>>> partitions = new HashMap<>();
        topics.forEach(topic -> partitions.put(
                topic, Outcome.of(() -> partitions(topic, asked(described.topicNameValues(), topic), deadline))));
        Set<TopicPartition> all = new HashSet<>();
        partitions.values().forEach(found -> {
            if (found instanceof Outcome.Known<List<TopicPartition>>(List<TopicPartition> known)) {
                all.addAll(known);
            }
        });
        ListOffsetsResult beginnings = admin.listOffsets(of(all, OffsetSpec.earliest()));
        ListOffsetsResult ends =
                admin.listOffsets(of(all, OffsetSpec.latest()), new ListOffsetsOptions(IsolationLevel.READ_COMMITTED));
        long later = deadline();
        Map<String, Outcome<Map<TopicPartition, Bounds>>> bounds = new HashMap<>();
        partitions.forEach((topic, found) -> bounds.put(topic, found.then(known -> {
            Map<TopicPartition, Bounds> each = new HashMap<>();
            for (TopicPartition partition : known) {
                each.put(
                        partition,
                        new Bounds(
                                await(beginnings.partitionResult(partition), later)
                                        .offset(),
                                await(ends.partitionResult(partition), later).offset()));
            }
            return each;
        })));
        return bounds;
    }

    /** The client answers for every name that it was asked for. */
    private static <T> KafkaFuture<T> asked(Map<String, KafkaFuture<T>> answers, String name) {
        return Objects.requireNonNull(answers.get(name), name);
    }

    private static Map<TopicPartition, OffsetSpec> of(Set<TopicPartition> partitions, OffsetSpec spec) {
        return partitions.stream().collect(Collectors.toMap(partition -> partition, partition -> spec));
    }

    private static List<TopicPartition> partitions(
            String topic, KafkaFuture<TopicDescription> described, long deadline) {
        return await(described, deadline).partitions().stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
    }

    private static int members(KafkaFuture<ConsumerGroupDescription> described, long deadline) {
        try {
            return await(described, deadline).members().size();
        } catch (CodedException failure) {
            if (failure.getCause() instanceof GroupIdNotFoundException) {
                return 0;
            }
            throw failure;
        }
    }

    private static Map<TopicPartition, Long> offsets(
            KafkaFuture<Map<TopicPartition, OffsetAndMetadata>> committed, long deadline) {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        try {
            await(committed, deadline).forEach((partition, offset) -> {
                if (offset != null) {
                    offsets.put(partition, offset.offset());
                }
            });
        } catch (CodedException failure) {
            if (!(failure.getCause() instanceof GroupIdNotFoundException)) {
                throw failure;
            }
        }
        return offsets;
    }

    private long deadline() {
        return System.nanoTime() + patience.toNanos();
    }

    private static <T> T await(KafkaFuture<T> answer, long deadline) {
        try {
            return answer.get(Math.max(1, (deadline - System.nanoTime()) / 1_000_000), MILLISECONDS);
        } catch (ExecutionException failed) {
            Throwable cause = Objects.requireNonNullElse(failed.getCause(), failed);
            throw cause instanceof UnknownTopicOrPartitionException
                    ? new CodedException(ErrorCode.BROKER_UNAVAILABLE, "The topic does not exist yet.", cause)
                    : new CodedException(
                            ErrorCode.BROKER_UNAVAILABLE, "The broker does not answer: " + cause.getMessage(), cause);
        } catch (TimeoutException late) {
            throw new CodedException(
                    ErrorCode.BROKER_UNAVAILABLE, "The broker does not answer in time; is it running?", late);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new CodedException(ErrorCode.INTERRUPTED, "The gateway is stopping.", stopped);
        }
    }
}
