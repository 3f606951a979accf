package io.sluice.ingest.location;

import java.sql.SQLException;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/**
 * Two transactions that add the same row (an asset, a path's holder) at the same moment find no row to lock. The second
 * one meets a duplicate key; it takes back what it did, and the next time it finds the row.
 */
public final class OnceMore {

    private static final int DUPLICATE_KEY = 1062;
    private static final int TIMES = 3;

    private OnceMore() {}

    /** Runs the body, again when it meets a duplicate key; a third duplicate is thrown as what it is, a defect. */
    public static void onDuplicateKey(Handle tx, Runnable body) {
        for (int time = 1; ; time++) {
            tx.savepoint("once_more");
            try {
                body.run();
                return;
            } catch (JdbiException e) {
                if (time == TIMES
                        || !(e.getCause() instanceof SQLException cause)
                        || cause.getErrorCode() != DUPLICATE_KEY) {
                    throw e;
                }
                tx.rollbackToSavepoint("once_more");
            }
        }
    }
}
