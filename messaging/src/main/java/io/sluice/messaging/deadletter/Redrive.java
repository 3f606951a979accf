package io.sluice.messaging.deadletter;

import java.util.List;
import java.util.Map;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import io.sluice.contract.ErrorCode;

/** Has what dead letters of one source tell of tried again. */
public interface Redrive {

    /**
     * An open letter, locked by the transaction that closes it; its bytes stay in its row.
     *
     * @param record where a message stood; null for work and outbox rows
     * @param outlived whether a newer record of its key was handled since
     */
    record Letter(String id, String origin, byte[] key, DeadLetter.@Nullable Position record, boolean outlived) {}

    /** Why a letter stays open. */
    record Refused(ErrorCode code, String reason) {}

    /** The {@link DeadLetter#source()} of its letters. */
    String source();

    /**
     * Puts up what they tell of, in the transaction that closes them.
     *
     * @param letters in the order of origin and key, then oldest first
     * @return those that cannot be tried again, by id; all others are closed
     */
    Map<String, Refused> redrive(Handle tx, List<Letter> letters);
}
