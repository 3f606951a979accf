package io.sluice.messaging.fact;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jdbi.v3.core.Handle;

import io.sluice.contract.ErrorCode;
import io.sluice.messaging.deadletter.DeadLetter;
import io.sluice.messaging.deadletter.Redrive;

/** Has messages handled again that were given up on: as deferred ones, never by way of their topic. */
public final class RedriveMessages implements Redrive {

    private final List<FactHandler<?>> handlers;

    public RedriveMessages(Collection<? extends FactHandler<?>> handlers) {
        this.handlers = List.copyOf(handlers);
    }

    @Override
    public String source() {
        return "message";
    }

    @Override
    public Map<String, Refused> redrive(Handle tx, List<Letter> letters) {
        Map<String, Refused> refused = new HashMap<>();
        for (Letter letter : letters) {
            redrive(tx, letter).ifPresent(why -> refused.put(letter.id(), why));
        }
        return refused;
    }

    private Optional<Refused> redrive(Handle tx, Letter letter) {
        List<FactHandler<?>> readers = handlers.stream()
                .filter(handler -> handler.topic().name().equals(letter.origin()))
                .toList();
        DeadLetter.Position record = letter.record();
        if (readers.isEmpty() || record == null) {
            return refused(
                    ErrorCode.CONFLICT,
                    "This service handles no facts of " + letter.origin()
                            + ". If the message told of work, that is a row and is told again by itself.");
        }
        if (letter.key().length == 0 || letter.key().length > PolledRecord.LONGEST_KEY) {
            return refused(
                    ErrorCode.UNREADABLE_MESSAGE,
                    "A key of " + letter.key().length + " bytes is none of ours: nothing can be made of this message.");
        }
        if (letter.outlived()) {
            return superseded("was handled since");
        }
        // Handlers know what they applied already, so one that the message did not fail for may see it again.
        boolean put = false;
        for (FactHandler<?> reader : readers) {
            put |= DeferredMessages.putBack(tx, reader, letter, record);
        }
        return put ? Optional.empty() : superseded("waits for its next attempt");
    }

    private static Optional<Refused> superseded(String newer) {
        return refused(
                ErrorCode.CONFLICT, "A newer record of this key " + newer + ", so this one has no say any more.");
    }

    private static Optional<Refused> refused(ErrorCode code, String cause) {
        return Optional.of(new Refused(code, cause + " Acknowledge the letter."));
    }
}
