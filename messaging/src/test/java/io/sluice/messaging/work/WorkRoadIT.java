package io.sluice.messaging.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;

import io.sluice.contract.ErrorCode;
import io.sluice.contract.Topic;
import io.sluice.messaging.Node;
import io.sluice.messaging.Servers;

/** Law 1 over the whole road: rows, dispatcher, outbox, broker, workers; processes, broker and database are killed under way. */
class WorkRoadIT {

    /** A process with everything: relays, dispatcher, and a consumer that feeds its runner. */
    private static final class Worker implements AutoCloseable {
        final Node node;
        final AtomicBoolean stopping = new AtomicBoolean();
        final Thread consuming;

        Worker(String schema, String name, Bench bench) {
            node = Node.stable(schema, name, Duration.ofSeconds(3));
            node.startRelays();
            node.runner.reapOwn(bench);
            node.duties.start(node.runner.dispatcher(bench, node.outbox));
            consuming = Thread.ofPlatform().start(() -> consume(schema, bench));
        }

        /** As the channel does: polls, runs, then commits. */
        private void consume(String group, Bench bench) {
            Map<String, Object> settings = new HashMap<>(Servers.kafka());
            settings.put("group.id", group);
            settings.put("isolation.level", "read_committed");
            settings.put("auto.offset.reset", "earliest");
            settings.put("enable.auto.commit", false);
            settings.put("max.poll.records", 50);
            settings.put("session.timeout.ms", 6000);
            settings.put("heartbeat.interval.ms", 500);
            try (KafkaConsumer<byte[], byte[]> consumer =
                    new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
                consumer.subscribe(List.of(bench.workClass().topic().name()));
                while (!stopping.get()) {
                    ConsumerRecords<byte[], byte[]> polled = consumer.poll(Duration.ofMillis(100));
                    if (!polled.isEmpty()) {
                        node.runner.run(polled, bench);
                        consumer.commitSync();
                    }
                }
            } catch (RuntimeException ended) {
                // the end of a process that was killed
            }
        }

        void kill() {
            stopping.set(true);
            node.crash();
            node.patience.stop();
        }

        @Override
        public void close() {
            stopping.set(true);
            node.close();
            consuming.interrupt();
        }
    }

    @Test
    void everythingIsDoneExactlyOnceWhateverDiesUnderWay() {
        String schema = Servers.freshSchema();
        Topic topic = Servers.freshTopic(Topic.Keep.WINDOW);
        Bench bench = new Bench(topic, 5, 2, 120);
        Random random = new Random(42);
        bench.performing = work -> {
            if (work.key().endsWith("7") && work.attempt() == 1 && random.nextInt(4) == 0) {
                return new Outcome.Failed<>(ErrorCode.FILE_UNREADABLE, "the first time");
            }
            return new Outcome.Ok<>("done");
        };
        int count = 1500;
        List<Worker> graveyard = new ArrayList<>();
        try (Node watcher = Node.passing(schema)) {
            Bench.createTables(watcher);
            bench.submit(
                    watcher,
                    IntStream.range(0, count)
                            .mapToObj(i -> WorkRequest.of("bench", "k" + i, Lane.BACKLOG))
                            .toList());
            Worker one = new Worker(schema, "slot-1", bench);
            Worker two = new Worker(schema, "slot-2", bench);
            await().atMost(Duration.ofSeconds(60)).until(() -> done(watcher) > 100);
            one.kill();
            graveyard.add(one);
            Worker again = new Worker(schema, "slot-1", bench);
            await().atMost(Duration.ofSeconds(60)).until(() -> done(watcher) > 400);
            Servers.broker().kill();
            Servers.broker().restart();
            await().atMost(Duration.ofSeconds(60)).until(() -> done(watcher) > 700);
            Servers.database().kill();
            Servers.database().restart();
            await().atMost(Duration.ofSeconds(60)).until(() -> done(watcher) > 1000);
            two.kill();
            graveyard.add(two);
            await().atMost(Duration.ofSeconds(90)).until(() -> watcher.number("SELECT COUNT(*) FROM work") == 0);
            assertThat(watcher.number("SELECT COUNT(*) FROM result WHERE times = 1"))
                    .isEqualTo(count);
            assertThat(watcher.number("SELECT COUNT(*) FROM dead_letter")).isZero();
            again.close();
        } finally {
            graveyard.forEach(Worker::close);
        }
    }

    /** While the database is away nothing is known to be done. */
    private static long done(Node watcher) {
        try {
            return watcher.number("SELECT COUNT(*) FROM result");
        } catch (RuntimeException away) {
            return 0;
        }
    }
}
