package io.sluice.messaging.work;

import io.sluice.contract.ErrorCode;

/** How an attempt went. The fourth outcome, vanished, nobody is left to tell: the dispatcher finds it. */
public sealed interface Outcome<R> {

    /** Done, also when the answer is a sad but final one ("unsupported"). */
    record Ok<R>(R result) implements Outcome<R> {}

    /**
     * Counted. The code's kind decides: TRANSIENT is tried again after 1, 4 and 9 s, SENDER and DEFECT are not; a
     * CAPACITY code is treated as {@link Interrupted}.
     */
    record Failed<R>(ErrorCode code, String reason) implements Outcome<R> {}

    /** Stopped from outside (stop, dependency down, source changed): not counted, tried again after a pause. */
    record Interrupted<R>(ErrorCode code, String reason) implements Outcome<R> {}
}
