package io.sluice.messaging.fact;

import org.apache.kafka.clients.consumer.ConsumerRecords;

/** Takes polled records to their handler and returns when every one of them is applied, deferred or a dead letter. */
public final class FactConsumer {

    /** Blocks while a dependency is down (law 7); call it on a virtual or worker thread, then acknowledge. */
    public void consume(ConsumerRecords<byte[], byte[]> records, FactHandler<?> handler) {
        throw new UnsupportedOperationException("skeleton");
    }
}
