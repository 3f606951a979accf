package io.sluice.messaging.lease;

/** Runs duties: takes each one's lease (30 s, heartbeat 5 s), runs it while it is held, gives it back at stop. */
public final class Duties {

    /** Starts to compete for a duty that is known only at run time (a library's scan). Idempotent by name. */
    public void start(Duty duty) {
        throw new UnsupportedOperationException("skeleton");
    }

    /** Stops competing and gives the lease back after the current run. */
    public void stop(String name) {
        throw new UnsupportedOperationException("skeleton");
    }

    /** Has the duty run now if this instance owns it. */
    public void wake(String name) {
        // nothing runs yet
    }
}
