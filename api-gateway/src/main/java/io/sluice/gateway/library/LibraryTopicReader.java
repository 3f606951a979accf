package io.sluice.gateway.library;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import com.google.protobuf.InvalidProtocolBufferException;

import io.quarkus.runtime.StartupEvent;
import io.sluice.contract.Topic;
import io.sluice.contract.Topics;
import io.sluice.contract.scanner.v1.LibraryState;
import io.sluice.gateway.BrokerSettings;
import io.sluice.gateway.GatewayMetrics;
import io.sluice.gateway.pipeline.lag.GroupLessReader;

/** Reads the whole library topic from its beginning and then follows it; a broker that is away is waited for. */
@ApplicationScoped
class LibraryTopicReader implements GroupLessReader {

    private static final Logger LOG = Logger.getLogger(LibraryTopicReader.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration AFTER_A_FAILURE = Duration.ofSeconds(1);

    private final LibraryRoots roots;
    private final GatewayMetrics metrics;
    private final BrokerSettings broker;
    private final CountDownLatch mayStop = new CountDownLatch(1);
    private volatile Instant lastRound = Instant.now();
    private volatile Map<Integer, Long> next = Map.of();
    private volatile boolean stopping;
    private volatile @Nullable KafkaConsumer<byte[], byte[]> consumer;
    private @Nullable Thread thread;

    LibraryTopicReader(LibraryRoots roots, GatewayMetrics metrics, BrokerSettings broker) {
        this.roots = roots;
        this.metrics = metrics;
        this.broker = broker;
    }

    void start(@Observes StartupEvent started) {
        metrics.librariesKnown(roots, known -> known.all().size());
        thread = Thread.ofPlatform().daemon().name("library-topic").start(this::follow);
    }

    @PreDestroy
    void stop() throws InterruptedException {
        stopping = true;
        mayStop.countDown();
        KafkaConsumer<byte[], byte[]> open = consumer;
        if (open != null) {
            open.wakeup();
        }
        if (thread != null) {
            thread.join(Duration.ofSeconds(5));
        }
    }

    /** When the loop last came round, with or without records. */
    Instant lastRound() {
        return lastRound;
    }

    @Override
    public String name() {
        return "gateway.library";
    }

    @Override
    public Topic topic() {
        return Topics.SCANNER_LIBRARY;
    }

    @Override
    public Place place() {
        Map<Integer, Long> known = next;
        return known.isEmpty()
                ? new Place.Nowhere("The gateway has not begun to read this topic; it may not exist yet.")
                : new Place.At(known, lastRound);
    }

    private void follow() {
        while (!stopping) {
            try (KafkaConsumer<byte[], byte[]> open = new KafkaConsumer<>(settings())) {
                consumer = open;
                read(open);
            } catch (WakeupException stop) {
                LOG.debug("library topic reader stops");
            } catch (KafkaException | IllegalStateException failure) {
                LOG.warnf(
                        failure, "library topic cannot be read; trying again topic=%s", Topics.SCANNER_LIBRARY.name());
                pause();
            }
        }
    }

    private void read(KafkaConsumer<byte[], byte[]> open) {
        List<TopicPartition> partitions = open.partitionsFor(Topics.SCANNER_LIBRARY.name()).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        if (partitions.isEmpty()) {
            throw new IllegalStateException(
                    "The topic does not exist yet; the scanner, or the cluster's owner, creates it");
        }
        open.assign(partitions);
        open.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = open.endOffsets(partitions);
        while (!stopping) {
            open.poll(POLL).forEach(this::apply);
            lastRound = Instant.now();
            next = partitions.stream().collect(Collectors.toMap(TopicPartition::partition, open::position));
            if (!roots.caughtUp() && hasPassed(open, ends)) {
                roots.markCaughtUp();
                LOG.infof("library roots known libraries=%d", roots.all().size());
            }
        }
    }

    private void apply(ConsumerRecord<byte[], byte[]> told) {
        String libraryId = told.key() == null ? "" : new String(told.key(), UTF_8);
        try {
            roots.apply(libraryId, told.value() == null ? null : LibraryState.parseFrom(told.value()));
            metrics.libraryRecord(true);
        } catch (InvalidProtocolBufferException unreadable) {
            // The last readable state stays; a state that cannot be read must not take a library's root away.
            metrics.libraryRecord(false);
            LOG.errorf(
                    unreadable,
                    "library record unreadable topic=%s partition=%d offset=%d",
                    told.topic(),
                    told.partition(),
                    told.offset());
        }
    }

    private static boolean hasPassed(KafkaConsumer<byte[], byte[]> open, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> open.position(end.getKey()) >= end.getValue());
    }

    private Map<String, Object> settings() {
        return broker.consumer(Map.of(
                ConsumerConfig.CLIENT_ID_CONFIG,
                "sluice-gateway-library",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                30_000,
                ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
                ByteArrayDeserializer.class,
                ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
                ByteArrayDeserializer.class));
    }

    private void pause() {
        try {
            if (mayStop.await(AFTER_A_FAILURE.toMillis(), MILLISECONDS)) {
                LOG.debug("library topic reader stops");
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            stopping = true;
        }
    }
}
