package io.sluice.messaging;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * What stands beside an event's value, as headers of the CloudEvents Kafka binding (binary mode): {@code ce_specversion,
 * ce_id, ce_source, ce_type, ce_subject, ce_time, ce_aggregateversion, content-type} and the W3C {@code traceparent}.
 *
 * @param id UUIDv7
 * @param source {@code /sluice/<service>}
 * @param type full name of the Protobuf message
 * @param subject the record's key as text
 * @param aggregateVersion version or sequence number of the thing the event speaks of
 * @param traceparent the trace that this event belongs to
 */
public record EventMetadata(
        UUID id,
        String source,
        String type,
        String subject,
        Instant time,
        long aggregateVersion,
        @Nullable String traceparent) {}
