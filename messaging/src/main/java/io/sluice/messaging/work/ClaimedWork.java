package io.sluice.messaging.work;

import java.util.function.BooleanSupplier;

/**
 * A row of work under a lease of this process.
 *
 * @param attempt 1 for the first try that counts
 * @param alone nothing else of this process runs beside it
 * @param lost tells whether the lease was lost or the process stops: give up early then, with
 *     {@link Outcome.Interrupted}
 */
public record ClaimedWork(long id, String key, long leaseToken, int attempt, boolean alone, BooleanSupplier lost) {}
