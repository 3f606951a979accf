package io.sluice.ingest.observation;

import jakarta.enterprise.context.ApplicationScoped;

import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

import io.sluice.messaging.fact.FactConsumer;
import io.smallrye.common.annotation.RunOnVirtualThread;

/** Takes what the scanner states of files to its handler. */
@ApplicationScoped
class FileChannel {

    private final FactConsumer consumer;
    private final OnFileObserved handler;

    FileChannel(FactConsumer consumer, OnFileObserved handler) {
        this.consumer = consumer;
        this.handler = handler;
    }

    @Incoming("scanner-file")
    @RunOnVirtualThread
    void observed(ConsumerRecords<byte[], byte[]> records) {
        consumer.consume(records, handler);
    }
}
