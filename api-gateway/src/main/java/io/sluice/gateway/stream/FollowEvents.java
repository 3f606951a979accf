package io.sluice.gateway.stream;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import jakarta.enterprise.context.ApplicationScoped;

import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.gateway.GatewayMetrics;
import io.sluice.gateway.stream.StreamClient.Telling;

/** Tells one client what happens, on its own thread, from where it wants to resume until it leaves. */
@ApplicationScoped
class FollowEvents {

    private final EventTail tail;
    private final OpenTopics topics;
    private final ReadRecords records;
    private final EventsConfig config;
    private final GatewayMetrics metrics;
    private final AtomicInteger clients = new AtomicInteger();

    FollowEvents(EventTail tail, OpenTopics topics, ReadRecords records, EventsConfig config, GatewayMetrics metrics) {
        this.tail = tail;
        this.topics = topics;
        this.records = records;
        this.config = config;
        this.metrics = metrics;
        metrics.eventClients(clients, AtomicInteger::get);
    }

    /**
     * A client that is not told anything yet.
     *
     * @throws CodedException {@code BROKER_UNAVAILABLE} while the topics are not read, {@code TOO_MANY_REQUESTS} when
     *     there are enough
     */
    StreamClient enter(Wanted wanted, Runnable disconnect) {
        if (!tail.isReady()) {
            throw new CodedException(
                    ErrorCode.BROKER_UNAVAILABLE,
                    "The gateway does not reach the event topics yet. Try again in some seconds; lists answer meanwhile.");
        }
        if (clients.get() >= config.clients()) {
            throw new CodedException(
                    ErrorCode.TOO_MANY_REQUESTS,
                    "As many clients follow the events as this gateway serves. Ask the lists every few seconds instead.");
        }
        return new StreamClient(wanted, config.queue(), disconnect);
    }

    /**
     * Returns when the client has ended or may not stay longer; it resumes by the id of what it saw last.
     *
     * @param lastId empty or null for a client that begins now
     */
    void follow(StreamClient client, @Nullable String lastId, EventWriter to) throws IOException {
        clients.incrementAndGet();
        tail.enter(client);
        try {
            long end = System.nanoTime() + config.longest().toNanos();
            if (lastId == null || lastId.isEmpty()) {
                tail.attachAtEnd(client);
                to.begin(client.told());
            } else {
                Optional<Position> at = Position.parse(lastId);
                if (at.isPresent()) {
                    resume(client, at.get(), to, end);
                } else {
                    // Of an earlier release: what was told before it cannot be known.
                    reset(ResetEventRepresentation.TOO_OLD, client, to);
                }
            }
            tell(client, to, end);
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

    private void tell(StreamClient client, EventWriter to, long end) throws IOException, InterruptedException {
        while (!client.hasEnded() && System.nanoTime() < end) {
            Telling telling = client.next(config.heartbeat());
            if (telling != null) {
                write(telling.type(), telling.json(), telling.at(), to);
                if (client.isIdle()) {
                    to.flush();
                }
            } else if (!client.hasEnded()) {
                to.heartbeat(client.told());
            }
        }
    }

    private void resume(StreamClient client, Position at, EventWriter to, long end) throws IOException {
        if (tail.hasReached(at) && tail.attach(client, at)) {
            to.begin(at);
            return;
        }
        try (PastEvents past = new PastEvents(topics, records, at)) {
            switch (past.standing()) {
                case TOO_OLD -> reset(ResetEventRepresentation.TOO_OLD, client, to);
                case AHEAD -> reset(ResetEventRepresentation.AHEAD, client, to);
                case THERE -> {
                    to.begin(at);
                    tellPast(past, client, to, end);
                }
            }
        } catch (KafkaException | IllegalStateException unreachable) {
            throw new IOException(unreachable);
        }
    }

    /** Reads on from the topics until the tail has the rest. */
    private void tellPast(PastEvents past, StreamClient client, EventWriter to, long end) throws IOException {
        past.begin();
        while (!tail.attach(client, past.at())) {
            if (client.hasEnded() || System.nanoTime() > end) {
                client.end();
                return;
            }
            past.tellSome((event, at) -> {
                if (client.wants(event)) {
                    write(event.type(), event.json(), at, to);
                }
            });
            to.flush();
        }
    }

    private void write(EventType type, String json, Position at, EventWriter to) throws IOException {
        to.event(type, json, at);
        metrics.eventSent(type.word());
    }

    private void reset(ResetEventRepresentation reset, StreamClient client, EventWriter to) throws IOException {
        metrics.eventReset(reset.reason());
        tail.attachAtEnd(client);
        to.reset(reset, client.told());
    }
}
