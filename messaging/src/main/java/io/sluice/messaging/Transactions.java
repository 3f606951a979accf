package io.sluice.messaging;

import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;

import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jspecify.annotations.Nullable;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;

/**
 * The one way to change rows: READ COMMITTED, and replayed whole (at most 5 times, never counted as an attempt) after
 * a lock wait time-out (1205), a deadlock (1213) or a changed snapshot (1020).
 *
 * <p>A body may therefore run more than once: it has no effects outside its handle. What must follow a commit goes to
 * {@link Handle#afterCommit}. Not to be called inside a JTA transaction: it commits by itself.
 */
public final class Transactions {

    private static final int REPLAYS = 5;

    /** A colliding transaction waits 3 s for a row, not InnoDB's 50 s: long enough for a batch, short enough to replay. */
    private static final String SESSION =
            "SET SESSION innodb_lock_wait_timeout = 3, SESSION tx_isolation = 'READ-COMMITTED'";

    /** Lock wait time-out, deadlock, record changed since last read. */
    private static final Set<Integer> COLLISIONS = Set.of(1205, 1213, 1020);

    /**
     * Disk full, table full, too many connections, shutting down, read-only, too many errors from this host, connection
     * killed: nothing that a body could have caused.
     */
    private static final Set<Integer> OUTAGES = Set.of(1021, 1114, 1040, 1053, 1129, 1290, 1836, 1927);

    private final Jdbi jdbi;

    public Transactions(Jdbi jdbi) {
        this.jdbi = jdbi;
        // Statements put together from parts share their bindings.
        jdbi.getConfig(SqlStatements.class).setUnusedBindingAllowed(true);
    }

    /**
     * Runs the body in one transaction.
     *
     * @throws CodedException {@code DATABASE_UNAVAILABLE} when the database cannot be reached
     */
    public <T> T call(Function<Handle, T> body) {
        for (int replay = 0; ; replay++) {
            try {
                return jdbi.withHandle(handle -> {
                    handle.execute(SESSION);
                    return handle.inTransaction(body::apply);
                });
            } catch (RuntimeException failure) {
                if (!collision(failure)) {
                    throw translated(failure);
                }
                if (replay == REPLAYS) {
                    throw new CodedException(
                            ErrorCode.DATABASE_UNAVAILABLE,
                            "Rows stayed locked through " + REPLAYS + " replays; something holds them: "
                                    + failure.getMessage(),
                            failure);
                }
                LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(2_000_000, 20_000_000) * (replay + 1));
            }
        }
    }

    /** As {@link #call}, without a result. */
    public void run(Consumer<Handle> body) {
        call(handle -> {
            body.accept(handle);
            return true;
        });
    }

    /** Reads without a transaction of their own (each statement sees what is committed then). */
    public <T> T read(Function<Handle, T> body) {
        try {
            return jdbi.withHandle(body::apply);
        } catch (RuntimeException failure) {
            throw translated(failure);
        }
    }

    /** Whether this failure, or one that caused it, asks for the whole transaction again. */
    static boolean collision(Throwable failure) {
        SQLException cause = sqlCause(failure);
        return cause != null && COLLISIONS.contains(cause.getErrorCode());
    }

    /** Whether going back to a savepoint saves nothing: the transaction is to be replayed, or its database is gone. */
    public static boolean endsAll(RuntimeException failure) {
        return collision(failure)
                || outage(failure)
                || (failure instanceof CodedException coded && coded.code() == ErrorCode.DATABASE_UNAVAILABLE);
    }

    private static boolean outage(RuntimeException failure) {
        SQLException cause = sqlCause(failure);
        return failure instanceof ConnectionException
                || (cause != null && (OUTAGES.contains(cause.getErrorCode()) || connectionLost(cause)));
    }

    private static RuntimeException translated(RuntimeException failure) {
        if (failure instanceof CodedException) {
            return failure;
        }
        return outage(failure) && failure instanceof JdbiException
                ? new CodedException(
                        ErrorCode.DATABASE_UNAVAILABLE,
                        "The database cannot be reached: " + failure.getMessage(),
                        failure)
                : failure;
    }

    private static boolean connectionLost(SQLException cause) {
        String state = cause.getSQLState();
        return state != null && state.startsWith("08");
    }

    private static @Nullable SQLException sqlCause(@Nullable Throwable failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof SQLException sql) {
                return sql;
            }
        }
        return null;
    }
}
