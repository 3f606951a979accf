package io.sluice.messaging.fact;

import java.util.List;

import org.jdbi.v3.core.Handle;

import com.google.protobuf.Message;
import com.google.protobuf.Parser;

import io.sluice.contract.Topic;

/**
 * Applies facts of one topic; a CDI bean, so that deferred messages find it again. The service's {@code @Incoming}
 * method passes what it polled to {@link FactConsumer#consume}.
 */
public interface FactHandler<M extends Message> {

    Topic topic();

    /** The consumer group, one of {@link Topic#groups()}. */
    String group();

    Parser<M> parser();

    /**
     * Applies a batch in the given transaction, set-wise, in key order. Facts come again and out of order: natural keys
     * and version guards decide. On a compacted topic there is one fact a key (that of the highest version polled). A thrown
     * {@link io.sluice.contract.CodedException} (else: a defect) halves the batch until the bad fact stands alone.
     */
    void handle(Handle tx, List<Fact<M>> facts);
}
