package io.sluice.messaging.work;

/** Who goes first: a person who waits, what is new, what can wait. The code is its place in the table. */
public enum Lane {
    INTERACTIVE,
    FRESH,
    BACKLOG
}
