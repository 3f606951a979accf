package io.sluice.messaging.inbox;

import java.nio.charset.StandardCharsets;

import org.jdbi.v3.core.Handle;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;

/** Remembers ids in the transaction of their effect, so that neither is ever there without the other. */
public final class Inbox {

    private static final int LONGEST_PURPOSE = 64;
    private static final int LONGEST_ID = 190;

    private Inbox() {}

    /**
     * Whether this id is met for the first time, which it is not again once the transaction has committed. Waits for
     * another transaction that is just handling the same.
     *
     * @param purpose who handles, e.g. a consumer group; at most 64 characters
     * @param id 1 to 190 bytes of UTF-8
     * @throws CodedException {@code INVALID_REQUEST} for an id that is longer
     */
    public static boolean firstTime(Handle tx, String purpose, String id) {
        if (purpose.isEmpty() || purpose.length() > LONGEST_PURPOSE) {
            throw new IllegalArgumentException("A purpose has 1 to " + LONGEST_PURPOSE + " characters: " + purpose);
        }
        byte[] bytes = id.getBytes(StandardCharsets.UTF_8);
        if (bytes.length == 0 || bytes.length > LONGEST_ID) {
            throw new CodedException(
                    ErrorCode.INVALID_REQUEST, "An id has 1 to " + LONGEST_ID + " bytes, this one " + bytes.length);
        }
        // What IGNORE would pass over besides a row that is there was looked at above.
        return tx.createUpdate("INSERT IGNORE INTO inbox (purpose, event_id) VALUES (:purpose, :id)")
                        .bind("purpose", purpose)
                        .bind("id", bytes)
                        .execute()
                == 1;
    }
}
