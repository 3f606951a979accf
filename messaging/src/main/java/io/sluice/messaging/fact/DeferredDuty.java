package io.sluice.messaging.fact;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

import org.jdbi.v3.core.Handle;

import com.google.protobuf.Message;

import io.sluice.contract.ErrorKind;
import io.sluice.messaging.MessagingMetrics;
import io.sluice.messaging.Transactions;
import io.sluice.messaging.deadletter.DeadLetters;
import io.sluice.messaging.lease.Duty;

/** Tries deferred messages again when they are due, in the order of their key. */
public final class DeferredDuty implements Duty {

    private static final int PAGE = 100;

    /** After a dependency was down: not counted, so it may be short. */
    private static final Duration OUTAGE_PAUSE = Duration.ofSeconds(1);

    private final Transactions transactions;
    private final DeadLetters deadLetters;
    private final List<FactHandler<?>> handlers;
    private final MessagingMetrics metrics;

    public DeferredDuty(
            Transactions transactions,
            DeadLetters deadLetters,
            List<FactHandler<?>> handlers,
            MessagingMetrics metrics) {
        this.transactions = transactions;
        this.deadLetters = deadLetters;
        this.handlers = List.copyOf(handlers);
        this.metrics = metrics;
    }

    @Override
    public String name() {
        return "deferred-messages";
    }

    @Override
    public Duration period() {
        return Duration.ofMillis(500);
    }

    @Override
    public void run(Tenure tenure) {
        for (FactHandler<?> handler : handlers) {
            List<Long> due = transactions.read(handle -> DeferredMessages.due(
                    handle, handler.group(), handler.topic().name(), PAGE));
            for (long id : due) {
                if (tenure.over()) {
                    return;
                }
                attempt(tenure, handler, id);
            }
        }
    }

    private <M extends Message> void attempt(Tenure tenure, FactHandler<M> handler, long id) {
        AtomicLong attempted = new AtomicLong();
        try {
            transactions.run(tx -> {
                tenure.verify(tx);
                Optional<DeferredMessages.Row> row = DeferredMessages.lock(tx, id);
                row.ifPresent(found -> {
                    attempted.set(found.record().position().offset());
                    handler.handle(tx, List.of(found.record().decode(handler)));
                    if (handler.topic().compacted()) {
                        deadLetters.outlive(
                                tx,
                                handler.topic(),
                                Map.of(
                                        ByteBuffer.wrap(found.record().key()),
                                        found.record().position()));
                    }
                    DeferredMessages.remove(tx, handler.group(), found);
                    tx.afterCommit(() -> metrics.facts(handler.group(), "applied", 1));
                });
            });
        } catch (RuntimeException cause) {
            FactFailure failure = FactFailure.of(cause);
            transactions.run(tx -> {
                tenure.verify(tx);
                DeferredMessages.lock(tx, id)
                        .filter(row -> row.record().position().offset() == attempted.get()) // else a newer one is there
                        .ifPresent(row -> postpone(tx, handler, row, failure));
            });
        }
    }

    private void postpone(Handle tx, FactHandler<?> handler, DeferredMessages.Row row, FactFailure failure) {
        ErrorKind kind = failure.code().kind();
        int attempts = row.attempts() + 1;
        Optional<Duration> pause = DeferredMessages.pauseAfter(attempts);
        if (kind == ErrorKind.CAPACITY) {
            DeferredMessages.postpone(tx, row, OUTAGE_PAUSE, false, failure.code(), failure.reason());
        } else if (kind == ErrorKind.TRANSIENT && pause.isPresent()) {
            DeferredMessages.postpone(tx, row, pause.get(), true, failure.code(), failure.reason());
        } else {
            deadLetters.bury(tx, row.record().deadLetter(failure.code(), failure.reason(), attempts));
            DeferredMessages.remove(tx, handler.group(), row);
            tx.afterCommit(() -> metrics.facts(handler.group(), "dead", 1));
        }
    }
}
