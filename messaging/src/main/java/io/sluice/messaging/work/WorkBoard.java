package io.sluice.messaging.work;

import java.util.Collection;

import org.jdbi.v3.core.Handle;

/** Where work is put up. One row a (class, key): putting it up again raises its lane, never doubles it. */
public final class WorkBoard {

    /**
     * Puts work up in the caller's transaction. A row that waits keeps the better lane, priority and time; one that is
     * released or running is done once more after it ends; one that was given up on starts afresh.
     */
    public void submit(Handle tx, Collection<WorkRequest> requests) {
        throw new UnsupportedOperationException("skeleton");
    }

    /** Takes work down that is no longer wanted; what runs ends as it may, its result is the handler's to judge. */
    public void withdraw(Handle tx, String workClass, Collection<String> keys) {
        throw new UnsupportedOperationException("skeleton");
    }
}
