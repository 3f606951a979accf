package io.sluice.messaging.deadletter;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

import io.sluice.contract.ErrorCode;

/**
 * Something given up on.
 *
 * @param source {@code work}, {@code message} or {@code outbox}
 * @param origin the work class or the topic
 * @param record where a message stood; null for work and outbox rows
 * @param cause in words, for the person who decides about it
 * @param value the exact bytes; null for work and for a message without a value
 */
public record DeadLetter(
        String source,
        String origin,
        byte[] key,
        @Nullable Position record,
        ErrorCode code,
        String cause,
        int attempts,
        byte @Nullable [] value,
        Headers headers) {

    /** A message that nobody could decode. */
    public static DeadLetter unreadable(ConsumerRecord<byte[], byte[]> message, String cause) {
        return of(message, ErrorCode.UNREADABLE_MESSAGE, cause, 1);
    }

    /** A message given up on, as it came. */
    public static DeadLetter of(ConsumerRecord<byte[], byte[]> message, ErrorCode code, String cause, int attempts) {
        return new DeadLetter(
                "message",
                message.topic(),
                message.key() == null ? new byte[0] : message.key(),
                new Position(message.partition(), message.offset(), message.timestamp()),
                code,
                cause,
                attempts,
                message.value(),
                message.headers());
    }

    /** @param time the record's time stamp in milliseconds; tells it from one in a topic that was made anew */
    public record Position(int partition, long offset, long time) {}
}
