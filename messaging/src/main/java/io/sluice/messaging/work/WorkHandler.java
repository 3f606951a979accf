package io.sluice.messaging.work;

import java.util.Collection;
import java.util.List;

import org.jdbi.v3.core.Handle;

/** Does the work of one class; a CDI bean. The service's {@code @Incoming} method calls {@link WorkRunner#run}. */
public interface WorkHandler<R> {

    WorkClass workClass();

    /**
     * Whether one work takes minutes or hours, in a process of its own: it then neither waits for what must run alone nor
     * holds that up. Otherwise a work that killed its process twice has this one for itself.
     */
    default boolean isLong() {
        return false;
    }

    /**
     * Does a batch, outside any transaction, on a bounded platform thread; one outcome a work, in their order. A thrown
     * exception has the batch done again in halves until the bad work stands alone, so catch what belongs to one.
     */
    List<Outcome<R>> perform(List<ClaimedWork> batch);

    /**
     * Writes what the attempts came to, in the transaction that ends them: every lease was verified and its work row
     * locked. Set-wise, in key order. A thrown exception halves the batch until the bad one stands alone. It is also told
     * of a work that was given up on because its processes vanished (with {@code WORKER_LOST}).
     */
    void finish(Handle tx, List<Finished<R>> finished);

    /**
     * Told in the transaction that puts work up again which was given up on, before it is: what the service wrote when it
     * ended (a failed state of its own rows) is to be taken back here. Locks in key order, as every batch.
     *
     * @param keys of work rows, in key order
     */
    default void redrive(Handle tx, Collection<String> keys) {}
}
