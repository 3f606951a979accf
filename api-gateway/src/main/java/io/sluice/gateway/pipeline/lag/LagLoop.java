package io.sluice.gateway.pipeline.lag;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.sluice.contract.messaging.v1.SummarizeWorkRequest;
import io.sluice.gateway.BrokerSettings;
import io.sluice.gateway.upstream.Upstream;
import io.sluice.gateway.upstream.Upstreams;

/** The one loop that measures: every few seconds, one client of each kind, whatever fails is unknown until the next round. */
@ApplicationScoped
class LagLoop {

    private static final Logger LOG = Logger.getLogger(LagLoop.class);
    /** Records are read to be counted; a few megabytes each time do. */
    private static final int FETCH_BYTES = 4 * 1024 * 1024;

    private static final int PARTITION_FETCH_BYTES = 256 * 1024;

    private final LagConfig config;
    private final LagBoard board;
    private final LagMetrics metrics;
    private final Upstreams upstreams;
    private final Map<LagTarget, GroupLessReader> readers = new LinkedHashMap<>();
    private final BrokerSettings broker;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final ExecutorService side = Executors.newVirtualThreadPerTaskExecutor();
    private volatile @Nullable KafkaConsumer<byte[], byte[]> reading;
    private @Nullable Thread thread;

    LagLoop(
            LagConfig config,
            LagBoard board,
            LagMetrics metrics,
            Upstreams upstreams,
            Readers readers,
            BrokerSettings broker) {
        this.config = config;
        this.board = board;
        this.metrics = metrics;
        this.upstreams = upstreams;
        this.broker = broker;
        readers.all().forEach(reader -> this.readers.put(LagTarget.of(reader), reader));
    }

    void start(@Observes StartupEvent started) {
        thread = Thread.ofPlatform().daemon().name("lag").start(this::goRound);
    }

    void stop(@Observes ShutdownEvent stopped) throws InterruptedException {
        stopping.countDown();
        KafkaConsumer<byte[], byte[]> open = reading;
        if (open != null) {
            open.wakeup();
        }
        if (thread != null) {
            thread.join(Duration.ofSeconds(5));
        }
        side.shutdownNow();
    }

    private void goRound() {
        while (stopping.getCount() > 0) {
            try {
                measureUntilStopped();
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException failure) {
                // Meanwhile the board's picture grows too old, and says so.
                LOG.warnf(failure, "lag cannot be measured; trying again");
                pause();
            }
        }
    }

    private void pause() {
        try {
            stopping.await(config.interval().toMillis(), MILLISECONDS);
        } catch (InterruptedException stop) {
            stopping.countDown();
            Thread.currentThread().interrupt();
        }
    }

    private void measureUntilStopped() throws InterruptedException {
        try (Admin admin = Admin.create(adminSettings());
                KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(consumerSettings())) {
            reading = consumer;
            MeasureLag measure = new MeasureLag(
                    new BrokerOffsets(admin, config.patience()),
                    new CountWaiting(consumer, config.countedExactly(), config.sample()),
                    config.counting());
            DrawPicture draw = new DrawPicture(config);
            do {
                round(measure, draw);
            } while (!stopping.await(config.interval().toMillis(), MILLISECONDS));
        }
    }

    private void round(MeasureLag measure, DrawPicture draw) {
        CompletableFuture<Map<String, Told>> told = CompletableFuture.supplyAsync(this::askServices, side);
        Map<LagTarget, Measured> measured = measured(measure);
        board.show(draw.draw(Instant.now(), measured, told.join()));
        metrics.show(board.now());
    }

    private Map<LagTarget, Measured> measured(MeasureLag measure) {
        try {
            return measure.measure(LagTarget.groups(), readers);
        } catch (KafkaException failure) {
            if (stopping.getCount() > 0) {
                LOG.warnf("lag cannot be measured; trying again cause=%s", failure.getMessage());
            }
            Map<LagTarget, Measured> unknown = new LinkedHashMap<>();
            board.targets()
                    .forEach(target -> unknown.put(
                            target,
                            new Measured.Unknown("The waiting messages cannot be read: " + failure.getMessage())));
            return unknown;
        }
    }

    private Map<String, Told> askServices() {
        List<Upstream> services = Upstream.withWork();
        List<Told> answers = upstreams.together(services.stream()
                .map(service -> (Supplier<Told>) () -> new Told(
                        upstreams.tryAsk(
                                service,
                                () -> upstreams.operations(
                                        service,
                                        operations ->
                                                operations.summarizeWork(SummarizeWorkRequest.getDefaultInstance()))),
                        Instant.now()))
                .toList());
        Map<String, Told> told = new HashMap<>();
        for (int i = 0; i < services.size(); i++) {
            told.put(services.get(i).serviceName(), answers.get(i));
        }
        return told;
    }

    private Map<String, Object> adminSettings() {
        int patience = (int) config.patience().toMillis();
        return broker.admin(Map.of(
                AdminClientConfig.CLIENT_ID_CONFIG,
                "sluice-gateway-lag",
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                patience,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                patience));
    }

    private Map<String, Object> consumerSettings() {
        return broker.consumer(Map.ofEntries(
                Map.entry(ConsumerConfig.CLIENT_ID_CONFIG, "sluice-gateway-lag"),
                Map.entry(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false),
                Map.entry(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed"),
                Map.entry(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest"),
                Map.entry(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false),
                Map.entry(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES),
                Map.entry(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, PARTITION_FETCH_BYTES),
                Map.entry(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 2_000),
                Map.entry(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int)
                        config.patience().toMillis()),
                Map.entry(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class),
                Map.entry(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class)));
    }
}
