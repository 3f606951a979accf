package io.sluice.gateway.pipeline.lag;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What waits in one partition for one group.
 *
 * @param next offset of the record that is read next; the topic's beginning when nothing was committed
 * @param end the last stable offset
 * @param messages records that wait, without the markers of transactions
 * @param estimated whether messages comes from a sample
 * @param oldestAt time of the oldest of them; null when none waits or it could not be looked at in time
 */
record PartitionLag(
        int partition,
        long next,
        long end,
        long messages,
        boolean estimated,
        @Nullable Instant oldestAt) {}
