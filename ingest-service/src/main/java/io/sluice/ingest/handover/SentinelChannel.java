package io.sluice.ingest.handover;

import jakarta.enterprise.context.ApplicationScoped;

import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

import io.sluice.messaging.fact.FactConsumer;
import io.smallrye.common.annotation.RunOnVirtualThread;

/** Takes what the scanner states of bundles to its handler. */
@ApplicationScoped
class SentinelChannel {

    private final FactConsumer consumer;
    private final OnSentinelSeen handler;

    SentinelChannel(FactConsumer consumer, OnSentinelSeen handler) {
        this.consumer = consumer;
        this.handler = handler;
    }

    @Incoming("scanner-sentinel")
    @RunOnVirtualThread
    void seen(ConsumerRecords<byte[], byte[]> records) {
        consumer.consume(records, handler);
    }
}
