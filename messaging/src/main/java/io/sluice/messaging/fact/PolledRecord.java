package io.sluice.messaging.fact;

import java.nio.charset.StandardCharsets;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.messaging.EventHeaders;
import io.sluice.messaging.deadletter.DeadLetter;

/** A record as it was polled: its exact bytes, for a deferred row or a dead letter. */
record PolledRecord(String topic, byte[] key, byte @Nullable [] value, byte[] headers, DeadLetter.Position position) {

    /** What a deferred row has room for; ours are far shorter. */
    static final int LONGEST_KEY = 512;

    static PolledRecord of(ConsumerRecord<byte[], byte[]> record) {
        return new PolledRecord(
                record.topic(),
                record.key() == null ? new byte[0] : record.key(),
                record.value(),
                EventHeaders.pack(record.headers()),
                new DeadLetter.Position(record.partition(), record.offset(), record.timestamp()));
    }

    String keyText() {
        return new String(key, StandardCharsets.UTF_8);
    }

    /** @throws CodedException {@code UNREADABLE_MESSAGE} */
    <M extends Message> Fact<M> decode(FactHandler<M> handler) {
        if (key.length == 0 || key.length > LONGEST_KEY) {
            throw new CodedException(ErrorCode.UNREADABLE_MESSAGE, "A key of " + key.length + " bytes is none of ours");
        }
        try {
            return new Fact<>(
                    keyText(),
                    value == null ? null : handler.parser().parseFrom(value),
                    EventHeaders.metadata(EventHeaders.unpack(headers)),
                    topic,
                    position.partition(),
                    position.offset());
        } catch (InvalidProtocolBufferException e) {
            throw new CodedException(
                    ErrorCode.UNREADABLE_MESSAGE,
                    "The value is no " + handler.topic().name() + " message: " + e.getMessage(),
                    e);
        }
    }

    DeadLetter deadLetter(ErrorCode code, String cause, int attempts) {
        return new DeadLetter(
                "message", topic, key, position, code, cause, attempts, value, EventHeaders.unpack(headers));
    }
}
