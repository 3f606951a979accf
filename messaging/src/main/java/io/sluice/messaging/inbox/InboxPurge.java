package io.sluice.messaging.inbox;

import java.time.Duration;

import io.sluice.messaging.Transactions;
import io.sluice.messaging.lease.Duty;

/** Removes what was handled more than 30 days ago: longer than any topic could bring it again. A thousand rows at a time. */
public final class InboxPurge implements Duty {

    private static final int STEP = 1_000;

    private final Transactions transactions;

    public InboxPurge(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public String name() {
        return "inbox-purge";
    }

    @Override
    public Duration period() {
        return Duration.ofHours(1);
    }

    @Override
    public void run(Tenure tenure) {
        int removed = STEP;
        while (removed == STEP && !tenure.over()) {
            removed = transactions.call(tx -> {
                tenure.verify(tx);
                return tx.execute(
                        "DELETE FROM inbox WHERE handled_at < NOW(6) - INTERVAL 30 DAY ORDER BY handled_at LIMIT "
                                + STEP);
            });
        }
    }
}
