package io.sluice.gateway.stream;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.sluice.gateway.pipeline.lag.GroupLessReader;

/** One reader a topic, from the start to the stop, so that a topic that cannot be read holds up no other. */
@ApplicationScoped
class EventTopicReaders {

    private static final Duration FOR_READERS_TO_STOP = Duration.ofSeconds(5);
    private static final Duration FOR_CLIENTS_TO_LEAVE = Duration.ofSeconds(3);

    private final EventTail tail;
    private final List<EventTopicReader> readers;

    EventTopicReaders(OpenTopics topics, ReadRecords records, EventTail tail) {
        this.tail = tail;
        this.readers = Arrays.stream(FollowedTopic.values())
                .map(followed -> new EventTopicReader(followed, topics, records, tail))
                .toList();
    }

    @Produces
    @Singleton
    GroupLessReader ofLedger() {
        return readers.get(FollowedTopic.LEDGER.ordinal());
    }

    @Produces
    @Singleton
    GroupLessReader ofRenditions() {
        return readers.get(FollowedTopic.RENDITION.ordinal());
    }

    @Produces
    @Singleton
    GroupLessReader ofLibraries() {
        return readers.get(FollowedTopic.LIBRARY.ordinal());
    }

    void start(@Observes StartupEvent started) {
        readers.forEach(EventTopicReader::start);
    }

    /** Streams have no end of their own, and the server waits for what it answers before it stops: they come again elsewhere. */
    void endClients(@Observes ShutdownDelayInitiatedEvent stopping) {
        tail.close();
    }

    void stop(@Observes ShutdownEvent stopped) throws InterruptedException {
        readers.forEach(EventTopicReader::beginToStop);
        for (EventTopicReader reader : readers) {
            reader.awaitStop(FOR_READERS_TO_STOP);
        }
        tail.close();
        long deadline = System.nanoTime() + FOR_CLIENTS_TO_LEAVE.toNanos();
        while (tail.count() > 0 && System.nanoTime() < deadline) {
            MILLISECONDS.sleep(20);
        }
    }
}
