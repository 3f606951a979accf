package io.sluice.messaging.command;

import java.util.Optional;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/** The table of answers to commands that came with a key. */
public final class CommandAnswers {

    /** Rows of one sweep: each transaction is short, so that no command waits for it. */
    public static final int SWEPT_AT_ONCE = 500;

    /** For how long a key stands for what was asked with it first. */
    private static final String OLD = "created_at < NOW(6) - INTERVAL 24 HOUR";

    record Kept(byte[] requestHash, byte[] answer) {}

    private static final RowMapper<Kept> KEPT =
            (row, context) -> new Kept(row.getBytes("request_hash"), row.getBytes("answer"));

    private CommandAnswers() {}

    /**
     * Takes the key for this transaction, or waits for the transaction that has it.
     *
     * @return what is kept of it; nothing when it is the caller's now, who must {@link #keep} or {@link #forget}
     */
    static Optional<Kept> claim(Handle tx, byte[] keyHash, byte[] requestHash) {
        // An old row is taken over in place; its time is set last, because assignments are made from left to right.
        tx.createUpdate("INSERT INTO command_answer (key_hash, request_hash, answer, created_at)"
                        + " VALUES (:key, :request, NULL, NOW(6)) ON DUPLICATE KEY UPDATE"
                        + " request_hash = IF(" + OLD + ", VALUES(request_hash), request_hash),"
                        + " answer = IF(" + OLD + ", NULL, answer),"
                        + " created_at = IF(" + OLD + ", NOW(6), created_at)")
                .bind("key", keyHash)
                .bind("request", requestHash)
                .execute();
        return tx.createQuery("SELECT request_hash, answer FROM command_answer"
                        + " WHERE key_hash = :key AND answer IS NOT NULL")
                .bind("key", keyHash)
                .map(KEPT)
                .findOne();
    }

    static Optional<Kept> find(Handle handle, byte[] keyHash) {
        return handle.createQuery(
                        "SELECT request_hash, answer FROM command_answer WHERE key_hash = :key AND NOT " + OLD)
                .bind("key", keyHash)
                .map(KEPT)
                .findOne();
    }

    static void keep(Handle tx, byte[] keyHash, byte[] answer) {
        tx.createUpdate("UPDATE command_answer SET answer = :answer WHERE key_hash = :key")
                .bind("answer", answer)
                .bind("key", keyHash)
                .execute();
    }

    static void forget(Handle tx, byte[] keyHash) {
        tx.execute("DELETE FROM command_answer WHERE key_hash = ?", (Object) keyHash);
    }

    /** Removes what is older than keys are kept, oldest first, at most {@link #SWEPT_AT_ONCE}; reads command_answer_age. */
    public static int sweep(Handle tx) {
        return tx.createUpdate("DELETE FROM command_answer WHERE " + OLD + " ORDER BY created_at LIMIT :most")
                .bind("most", SWEPT_AT_ONCE)
                .execute();
    }
}
