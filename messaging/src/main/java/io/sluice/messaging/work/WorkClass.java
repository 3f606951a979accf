package io.sluice.messaging.work;

import io.sluice.contract.Topic;

/**
 * A kind of work with its own topic, window and workers.
 *
 * @param name {@code hash}, {@code image}, … at most 16 characters
 * @param topic where released rows are told
 * @param batchSize rows that one call of {@link WorkHandler#perform} gets at most, 1 or more
 * @param concurrency calls of it at once in this process, 1 or more
 * @param window rows released and running at once over all processes; 0 releases none
 */
public record WorkClass(String name, Topic topic, int batchSize, int concurrency, int window) {}
