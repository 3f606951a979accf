package io.sluice.gateway.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import jakarta.inject.Inject;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.gateway.GatewayMetrics;
import io.sluice.gateway.world.Bundles;
import io.sluice.gateway.world.EventClient;
import io.sluice.gateway.world.GatewayInfra;
import io.sluice.gateway.world.World;
import io.sluice.testsupport.SluiceInfra;

/** A second gateway's readers, beside those of the application, from their start to their stop. */
@QuarkusTest
@WithTestResource(SluiceInfra.class)
@WithTestResource(GatewayInfra.class)
class EventTopicReadersIT {

    @Inject
    OpenTopics topics;

    @Inject
    ReadRecords records;

    @Inject
    EventsConfig config;

    @Inject
    GatewayMetrics metrics;

    @BeforeEach
    void topicThere() {
        World.empty();
        EventClient.awaitReady();
    }

    @Test
    void aStopEndsEveryStreamProperlyAndSoon() throws Exception {
        EventTail tail = new EventTail(config);
        EventTopicReaders readers = new EventTopicReaders(topics, records, tail);
        FollowEvents events = new FollowEvents(tail, topics, records, config, metrics);
        readers.start(new StartupEvent());
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(tail::isReady);
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        StreamClient client = events.enter(Wanted.everything(), () -> {});
        CompletableFuture<Void> following = CompletableFuture.runAsync(() -> {
            try {
                events.follow(client, null, new EventWriter(sent));
            } catch (java.io.IOException impossible) {
                throw new AssertionError(impossible);
            }
        });
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> tail.count() == 1);
        SluiceInfra.topics()
                .produce(new ProducerRecord<>(
                        FollowedTopic.LEDGER.topic().name(),
                        "last words".getBytes(UTF_8),
                        Bundles.entry("last words", "scan").build().toByteArray()));
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> sent.toString(UTF_8)
                .contains("last words"));

        long began = System.nanoTime();
        readers.stop(new ShutdownEvent());
        following.get(1, TimeUnit.SECONDS);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
        assertThat(tail.count()).isZero();
        assertThat(sent.toString(UTF_8)).as("whole events only").endsWith("\n\n");
    }
}
