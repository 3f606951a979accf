package io.sluice.messaging.command;

import java.time.Duration;

import io.sluice.messaging.Transactions;
import io.sluice.messaging.lease.Duty;

/** Forgets keys of commands after their time, in small steps. */
public final class SweepAnswers implements Duty {

    private final Transactions transactions;

    public SweepAnswers(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public String name() {
        return "command-answers";
    }

    /** A row that stays some minutes longer does no harm: it counts no more. */
    @Override
    public Duration period() {
        return Duration.ofMinutes(10);
    }

    @Override
    public void run(Tenure tenure) {
        int swept = CommandAnswers.SWEPT_AT_ONCE;
        while (swept == CommandAnswers.SWEPT_AT_ONCE && !tenure.over()) {
            swept = transactions.call(tx -> {
                tenure.verify(tx);
                return CommandAnswers.sweep(tx);
            });
        }
    }
}
