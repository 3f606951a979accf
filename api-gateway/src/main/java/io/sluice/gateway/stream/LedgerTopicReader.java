package io.sluice.gateway.stream;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.sluice.contract.Topic;
import io.sluice.contract.Topics;
import io.sluice.gateway.pipeline.lag.GroupLessReader;

/** Follows the end of the ledger's topic; after a broker that was away it goes on where it stopped. */
@ApplicationScoped
class LedgerTopicReader implements GroupLessReader {

    private static final Logger LOG = Logger.getLogger(LedgerTopicReader.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration AFTER_A_FAILURE = Duration.ofSeconds(1);
    private static final Duration FOR_CLIENTS_TO_LEAVE = Duration.ofSeconds(3);
    private static final long AT_THE_END = -1;

    private final LedgerTopic topic;
    private final LedgerTail tail;
    private final CountDownLatch mayStop = new CountDownLatch(1);
    private volatile boolean stopping;
    private volatile @Nullable KafkaConsumer<byte[], byte[]> consumer;
    private @Nullable Thread thread;
    private volatile long position = AT_THE_END;
    private volatile Instant lastRound = Instant.EPOCH;

    LedgerTopicReader(LedgerTopic topic, LedgerTail tail) {
        this.topic = topic;
        this.tail = tail;
    }

    void start(@Observes StartupEvent started) {
        thread = Thread.ofPlatform().daemon().name("ledger-topic").start(this::follow);
    }

    /** Clients' answers end properly, so that they come again elsewhere, and the server has nobody left to wait for. */
    void stop(@Observes ShutdownEvent stopped) throws InterruptedException {
        stopping = true;
        mayStop.countDown();
        KafkaConsumer<byte[], byte[]> open = consumer;
        if (open != null) {
            open.wakeup();
        }
        if (thread != null) {
            thread.join(Duration.ofSeconds(5));
        }
        tail.endAll();
        long deadline = System.nanoTime() + FOR_CLIENTS_TO_LEAVE.toNanos();
        while (tail.count() > 0 && System.nanoTime() < deadline) {
            MILLISECONDS.sleep(20);
        }
    }

    @Override
    public String name() {
        return "gateway.ledger";
    }

    @Override
    public Topic topic() {
        return Topics.INGEST_LEDGER;
    }

    @Override
    public Place place() {
        long next = position;
        return next == AT_THE_END
                ? new Place.Nowhere("The gateway has not begun to read this topic; it may not exist yet.")
                : new Place.At(Map.of(LedgerTopic.PARTITION.partition(), next), lastRound);
    }

    private void follow() {
        while (!stopping) {
            try (KafkaConsumer<byte[], byte[]> open = topic.open("sluice-gateway-ledger")) {
                consumer = open;
                read(open);
            } catch (WakeupException stop) {
                LOG.debug("ledger topic reader stops");
            } catch (OffsetOutOfRangeException lost) {
                LOG.warnf("events were lost between here and the topic's beginning: following from its end");
                position = AT_THE_END;
            } catch (RuntimeException failure) {
                LOG.warnf(failure, "ledger topic cannot be read; trying again topic=%s", LedgerTopic.PARTITION.topic());
                pause();
            }
        }
    }

    private void read(KafkaConsumer<byte[], byte[]> open) {
        if (position == AT_THE_END) {
            position = LedgerTopic.end(open);
        }
        open.seek(LedgerTopic.PARTITION, position);
        tail.begin(position);
        while (!stopping) {
            for (ConsumerRecord<byte[], byte[]> told : open.poll(POLL)) {
                StreamedEvent event = topic.read(told);
                if (event != null) {
                    tail.apply(event);
                }
            }
            position = open.position(LedgerTopic.PARTITION);
            lastRound = Instant.now();
            tail.passed(position);
        }
    }

    private void pause() {
        try {
            if (mayStop.await(AFTER_A_FAILURE.toMillis(), MILLISECONDS)) {
                LOG.debug("ledger topic reader stops");
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            stopping = true;
        }
    }
}
