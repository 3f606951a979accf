package io.sluice.messaging.outbox;

import org.jspecify.annotations.Nullable;

import com.google.protobuf.Message;

import io.sluice.contract.Topic;

/**
 * A record on its way to a topic.
 *
 * @param key text, UTF-8 on the wire
 * @param value null removes the key from a compacted topic (only after a purge)
 * @param aggregateVersion version or sequence of the thing told
 */
public record OutgoingRecord(
        Topic topic, String key, @Nullable Message value, long aggregateVersion) {}
