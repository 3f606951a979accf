package io.sluice.messaging.fact;

import org.jspecify.annotations.Nullable;

import com.google.protobuf.Message;

import io.sluice.messaging.EventMetadata;

/** A decoded record. {@code value} is null when the key was removed from a compacted topic. */
public record Fact<M extends Message>(
        String key, @Nullable M value, EventMetadata metadata, String topic, int partition, long offset) {}
