package io.sluice.messaging.outbox;

import java.util.Collection;

import org.jdbi.v3.core.Handle;

/** Takes the facts that a transaction makes true; the relay sends them after its commit, in order by key. */
public final class Outbox {

    /**
     * Appends in the caller's transaction. Call it after the aggregate's row was locked: then the order of a key's rows
     * is the order in which they became true.
     */
    public void append(Handle tx, OutgoingRecord record) {
        throw new UnsupportedOperationException("skeleton");
    }

    /** As {@link #append}, one statement for all. */
    public void appendAll(Handle tx, Collection<OutgoingRecord> records) {
        throw new UnsupportedOperationException("skeleton");
    }
}
