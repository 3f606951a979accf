package io.sluice.media.work;

import jakarta.enterprise.context.ApplicationScoped;

import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

import io.sluice.messaging.work.WorkRunner;
import io.smallrye.common.annotation.RunOnVirtualThread;

/** Takes released video work to its handler. */
@ApplicationScoped
class VideoWorkChannel {

    private final WorkRunner runner;
    private final OnVideoWork handler;

    VideoWorkChannel(WorkRunner runner, OnVideoWork handler) {
        this.runner = runner;
        this.handler = handler;
    }

    @Incoming("video-work")
    @RunOnVirtualThread
    void released(ConsumerRecords<byte[], byte[]> records) {
        runner.run(records, handler);
    }
}
