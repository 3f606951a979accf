package io.sluice.contract;

/** What happens after an error; section 8 of the architecture. */
public enum ErrorKind {
    /** Their input is wrong: recorded with a reason, the rest goes on, never tried again by itself. */
    SENDER,
    /** May pass by itself: deferred by 1, 4 and 9 s, then a dead letter. */
    TRANSIENT,
    /** We are full or a dependency is down: the lane waits, no attempt is counted. */
    CAPACITY,
    /** Our bug: a dead letter and an alert. */
    DEFECT
}
