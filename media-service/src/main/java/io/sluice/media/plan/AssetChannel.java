package io.sluice.media.plan;

import jakarta.enterprise.context.ApplicationScoped;

import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

import io.sluice.messaging.fact.FactConsumer;
import io.smallrye.common.annotation.RunOnVirtualThread;

/** Takes what ingest states of assets to its handler. */
@ApplicationScoped
class AssetChannel {

    private final FactConsumer consumer;
    private final OnAsset handler;

    AssetChannel(FactConsumer consumer, OnAsset handler) {
        this.consumer = consumer;
        this.handler = handler;
    }

    @Incoming("ingest-asset")
    @RunOnVirtualThread
    void told(ConsumerRecords<byte[], byte[]> records) {
        consumer.consume(records, handler);
    }
}
