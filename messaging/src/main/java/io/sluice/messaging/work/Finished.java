package io.sluice.messaging.work;

/**
 * An attempt that ended under its lease, on its way into the tables.
 *
 * @param attempts counted so far, this one included
 * @param last no attempt follows: an Ok, a final failure (given up, a dead letter is written unless its kind is SENDER)
 */
public record Finished<R>(ClaimedWork work, Outcome<R> outcome, int attempts, boolean last) {}
