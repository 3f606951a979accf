package io.sluice.ingest.importjob;

import jakarta.enterprise.context.ApplicationScoped;

import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

import io.sluice.messaging.work.WorkRunner;
import io.smallrye.common.annotation.RunOnVirtualThread;

/** Takes released item work to its handler. */
@ApplicationScoped
class ItemWorkChannel {

    private final WorkRunner runner;
    private final ImportItem handler;

    ItemWorkChannel(WorkRunner runner, ImportItem handler) {
        this.runner = runner;
        this.handler = handler;
    }

    @Incoming("item-work")
    @RunOnVirtualThread
    void released(ConsumerRecords<byte[], byte[]> records) {
        runner.run(records, handler);
    }
}
