package io.sluice.messaging.work;

import java.util.concurrent.CompletionStage;

/** What became of asking for one work to be done at once. */
public sealed interface Claim {

    /**
     * This process runs it.
     *
     * @param token the lease's, as {@link ClaimedWork#leaseToken} says it
     * @param ended completes when the attempt is over, whatever it came to: that stands in the tables. What follows it
     *     runs on the worker's thread, so keep it short
     */
    record Claimed(long token, CompletionStage<Void> ended) implements Claim {}

    /** It is running already, here or in another process; whoever asks joins. */
    record RunningElsewhere(long token) implements Claim {}

    /** No such work is up: it ended, was given up on or was never put up. */
    record NoWork() implements Claim {}

    /** All that this process may run on demand is running; the row waits in lane interactive. */
    record NoRoom() implements Claim {}
}
