package io.sluice.messaging.work;

import org.apache.kafka.clients.consumer.ConsumerRecords;

/** Claims what was released and runs it; returns when all of it is claimed by this process or somebody else's. */
public final class WorkRunner {

    /**
     * Claims the rows that the records tell of and hands them to the handler's threads; blocks while those are full.
     * Acknowledge after it returns: from then on the lease row holds the truth, not the message.
     */
    public void run(ConsumerRecords<byte[], byte[]> released, WorkHandler<?> handler) {
        throw new UnsupportedOperationException("skeleton");
    }
}
