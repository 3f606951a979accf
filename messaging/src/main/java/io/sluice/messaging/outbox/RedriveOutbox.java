package io.sluice.messaging.outbox;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jdbi.v3.core.Handle;

import io.sluice.contract.ErrorCode;
import io.sluice.messaging.deadletter.Redrive;

/** Has records sent again that the broker refused, with all that stand behind them, in the order of their key. */
public final class RedriveOutbox implements Redrive {

    private final Outbox outbox;

    public RedriveOutbox(Outbox outbox) {
        this.outbox = outbox;
    }

    @Override
    public String source() {
        return "outbox";
    }

    @Override
    public Map<String, Refused> redrive(Handle tx, List<Letter> letters) {
        Map<String, Refused> refused = new HashMap<>();
        for (Letter letter : letters) {
            if (outbox.unblock(tx, letter.origin(), letter.key()) == 0) {
                refused.put(
                        letter.id(),
                        new Refused(
                                ErrorCode.CONFLICT,
                                "No record of this key is held back any more, so there is nothing to send. Acknowledge the"
                                        + " letter."));
            }
        }
        return refused;
    }
}
