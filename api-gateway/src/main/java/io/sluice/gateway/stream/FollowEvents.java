package io.sluice.gateway.stream;

import java.io.IOException;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import jakarta.enterprise.context.ApplicationScoped;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.gateway.GatewayMetrics;
import io.sluice.gateway.stream.LedgerTail.Place;

/** Tells one client what happens, on its own thread, from where it wants to resume until it leaves. */
@ApplicationScoped
class FollowEvents {

    private static final Duration POLL = Duration.ofMillis(500);

    private final LedgerTail tail;
    private final LedgerTopic topic;
    private final EventsConfig config;
    private final GatewayMetrics metrics;
    private final AtomicInteger clients = new AtomicInteger();

    FollowEvents(LedgerTail tail, LedgerTopic topic, EventsConfig config, GatewayMetrics metrics) {
        this.tail = tail;
        this.topic = topic;
        this.config = config;
        this.metrics = metrics;
        metrics.eventClients(clients, AtomicInteger::get);
    }

    /**
     * A client that is not told anything yet.
     *
     * @throws CodedException {@code BROKER_UNAVAILABLE} while the topic is not read, {@code TOO_MANY_REQUESTS} when there
     *     are enough
     */
    StreamClient enter(@Nullable String subject, Runnable disconnect) {
        if (!tail.isReady()) {
            throw new CodedException(
                    ErrorCode.BROKER_UNAVAILABLE,
                    "The gateway does not reach the event topic yet. Try again in some seconds; lists answer meanwhile.");
        }
        if (clients.get() >= config.clients()) {
            throw new CodedException(
                    ErrorCode.TOO_MANY_REQUESTS,
                    "As many clients follow the events as this gateway serves. Ask the lists every few seconds instead.");
        }
        return new StreamClient(subject, config.queue(), disconnect);
    }

    /** Returns when the client has ended or may not stay longer; it resumes by the id of what it saw last. */
    void follow(StreamClient client, OptionalLong resumeAfter, EventWriter to) throws IOException {
        clients.incrementAndGet();
        try {
            if (resumeAfter.isPresent()) {
                resume(client, resumeAfter.getAsLong(), to);
            } else {
                tail.attachAtEnd(client);
                to.begin(client.told());
            }
            tell(client, to);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } finally {
            clients.decrementAndGet();
            tail.leave(client);
            if (client.wasCutOff()) {
                metrics.eventClientCutOff();
            }
        }
    }

    private void tell(StreamClient client, EventWriter to) throws IOException, InterruptedException {
        long end = System.nanoTime() + config.longest().toNanos();
        while (!client.hasEnded() && System.nanoTime() < end) {
            // Read before waiting: when nothing comes, everything up to here was written.
            long told = client.told();
            StreamedEvent event = client.next(config.heartbeat());
            if (event != null) {
                to.event(event);
                if (client.isIdle()) {
                    to.flush();
                }
            } else if (!client.hasEnded()) {
                to.heartbeat(told);
            }
        }
    }

    private void resume(StreamClient client, long after, EventWriter to) throws IOException {
        Place place = tail.attachAfter(client, after);
        if (place == Place.ATTACHED) {
            to.begin(after);
            return;
        }
        try (KafkaConsumer<byte[], byte[]> past = topic.open("sluice-gateway-events-past")) {
            if (after + 1 < LedgerTopic.beginning(past)) {
                reset("too old", client, to);
            } else if (after >= LedgerTopic.end(past)) {
                reset("ahead", client, to);
            } else if (place == Place.AHEAD) {
                tail.attachAnywhere(client, after);
                to.begin(after);
            } else {
                to.begin(after);
                tellPast(past, client, after, to);
            }
        } catch (KafkaException | IllegalStateException unreachable) {
            throw new IOException(unreachable);
        }
    }

    /** Reads on from the topic until the tail has the rest. As slow as the client: nothing is queued. */
    private void tellPast(KafkaConsumer<byte[], byte[]> past, StreamClient client, long after, EventWriter to)
            throws IOException {
        past.seek(LedgerTopic.PARTITION, after + 1);
        long told = after;
        while (!client.hasEnded() && tail.attachAfter(client, told) != Place.ATTACHED) {
            for (ConsumerRecord<byte[], byte[]> record : past.poll(POLL)) {
                StreamedEvent event = topic.read(record);
                if (event != null && client.wants(event)) {
                    to.event(event);
                }
            }
            to.flush();
            told = past.position(LedgerTopic.PARTITION) - 1;
        }
    }

    private void reset(String reason, StreamClient client, EventWriter to) throws IOException {
        tail.attachAtEnd(client);
        to.reset(reason, client.told());
    }
}
