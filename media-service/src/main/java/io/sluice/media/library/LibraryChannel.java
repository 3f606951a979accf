package io.sluice.media.library;

import jakarta.enterprise.context.ApplicationScoped;

import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

import io.sluice.messaging.fact.FactConsumer;
import io.smallrye.common.annotation.RunOnVirtualThread;

/** Takes what the scanner states of libraries to its handler. */
@ApplicationScoped
class LibraryChannel {

    private final FactConsumer consumer;
    private final OnLibraryState handler;

    LibraryChannel(FactConsumer consumer, OnLibraryState handler) {
        this.consumer = consumer;
        this.handler = handler;
    }

    @Incoming("scanner-library")
    @RunOnVirtualThread
    void told(ConsumerRecords<byte[], byte[]> records) {
        consumer.consume(records, handler);
    }
}
