package io.sluice.media.work;

import jakarta.enterprise.context.ApplicationScoped;

import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

import io.sluice.messaging.work.WorkRunner;
import io.smallrye.common.annotation.RunOnVirtualThread;

/** Takes released image work to its handler. */
@ApplicationScoped
class ImageWorkChannel {

    private final WorkRunner runner;
    private final OnImageWork handler;

    ImageWorkChannel(WorkRunner runner, OnImageWork handler) {
        this.runner = runner;
        this.handler = handler;
    }

    @Incoming("image-work")
    @RunOnVirtualThread
    void released(ConsumerRecords<byte[], byte[]> records) {
        runner.run(records, handler);
    }
}
