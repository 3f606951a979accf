package io.sluice.messaging;

import java.util.function.Consumer;
import java.util.function.Function;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The one way to change rows: READ COMMITTED, and replayed whole (at most 5 times, never counted as an attempt) after
 * a lock wait time-out (1205), a deadlock (1213) or a changed snapshot (1020).
 *
 * <p>A body may therefore run more than once: it has no effects outside its handle. What must follow a commit goes to
 * {@link Handle#afterCommit}.
 */
public final class Transactions {

    private final Jdbi jdbi;

    public Transactions(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * Runs the body in one transaction.
     *
     * @throws io.sluice.contract.CodedException {@code DATABASE_UNAVAILABLE} when the database cannot be reached
     */
    public <T> T call(Function<Handle, T> body) {
        throw new UnsupportedOperationException("skeleton " + jdbi);
    }

    /** As {@link #call}, without a result. */
    public void run(Consumer<Handle> body) {
        throw new UnsupportedOperationException("skeleton");
    }

    /** Reads without a transaction of their own (each statement sees what is committed then). */
    public <T> T read(Function<Handle, T> body) {
        throw new UnsupportedOperationException("skeleton");
    }
}
