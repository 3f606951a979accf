package io.sluice.messaging.lease;

import java.time.Duration;

import org.jdbi.v3.core.Handle;

/** A periodic job that one instance owns. CDI beans are started by {@link Duties}; others with {@link Duties#start}. */
public interface Duty {

    /** Unique in the schema, at most 190 characters. */
    String name();

    /** From the end of one run to the start of the next; {@link Duties#wake} shortens it. */
    Duration period();

    /** One run under the lease. An exception is logged and counted; the next run comes after the period. */
    void run(Tenure tenure) throws Exception;

    /** The time in which this instance holds the duty's lease. */
    interface Tenure {

        /** Grows each time that the duty changes hands; every write of the duty carries it. */
        long token();

        /** Whether it is known to be over (lease lost or process stopping). */
        boolean over();

        /**
         * Reads the lease row shared and goes on only if the token still holds, so that a frozen owner's late write is
         * refused.
         *
         * @throws io.sluice.contract.CodedException {@code LEASE_LOST}
         */
        void verify(Handle tx);
    }
}
