package io.sluice.gateway.pipeline.lag;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.eclipse.microprofile.config.ConfigProvider;

/** A real member of a consumer group: alive, and committing only when it is told to. */
final class GroupMember implements AutoCloseable {

    private final CountDownLatch joined = new CountDownLatch(1);
    private final Thread thread;
    private volatile boolean commits;
    private volatile boolean over;

    private GroupMember(String group, String topic, boolean commits) {
        this.commits = commits;
        this.thread = Thread.ofPlatform().daemon().name(group).start(() -> follow(group, topic));
    }

    static GroupMember frozen(String group, String topic) {
        return new GroupMember(group, topic, false).await();
    }

    static GroupMember reading(String group, String topic) {
        return new GroupMember(group, topic, true).await();
    }

    void thaw() {
        commits = true;
    }

    private GroupMember await() {
        try {
            if (!joined.await(30, TimeUnit.SECONDS)) {
                throw new AssertionError("no member of the group after 30 s");
            }
            return this;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private void follow(String group, String topic) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class),
                        ConsumerConfig.GROUP_ID_CONFIG,
                        group,
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed",
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(topic));
            while (!over) {
                consumer.poll(Duration.ofMillis(100));
                if (!consumer.assignment().isEmpty()) {
                    joined.countDown();
                    if (commits) {
                        consumer.commitSync();
                    }
                }
            }
        }
    }

    /** Leaves the group properly. */
    @Override
    public void close() {
        over = true;
        try {
            thread.join(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
