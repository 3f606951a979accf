package io.sluice.ingest.hashing;

import jakarta.enterprise.context.ApplicationScoped;

import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

import io.sluice.messaging.work.WorkRunner;
import io.smallrye.common.annotation.RunOnVirtualThread;

/** Takes released hash work to its handler. */
@ApplicationScoped
class HashWorkChannel {

    private final WorkRunner runner;
    private final HashLocation handler;

    HashWorkChannel(WorkRunner runner, HashLocation handler) {
        this.runner = runner;
        this.handler = handler;
    }

    @Incoming("hash-work")
    @RunOnVirtualThread
    void released(ConsumerRecords<byte[], byte[]> records) {
        runner.run(records, handler);
    }
}
