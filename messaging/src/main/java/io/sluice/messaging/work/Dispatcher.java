package io.sluice.messaging.work;

import java.time.Duration;
import java.util.List;

import com.google.protobuf.ByteString;

import io.sluice.contract.messaging.v1.WorkReleased;
import io.sluice.messaging.MessagingMetrics;
import io.sluice.messaging.Transactions;
import io.sluice.messaging.lease.Duty;
import io.sluice.messaging.outbox.Outbox;
import io.sluice.messaging.outbox.OutgoingRecord;

/** Keeps the window of one class full: reaps, wakes what is due, releases the next rows (law 2). */
final class Dispatcher implements Duty {

    /** When nothing wakes it: work of other instances, due rows, leases that run out. */
    private static final Duration PERIOD = Duration.ofMillis(500);

    /** Released but not claimed by then: the message was lost or its worker is stuck before it. */
    static final Duration UNCLAIMED = Duration.ofMinutes(10);

    /** Rows of one releasing transaction; a window may be larger. */
    private static final int RELEASED_AT_ONCE = 500;

    private final WorkHandler<?> handler;
    private final Transactions transactions;
    private final WorkRows rows;
    private final Turns turns;
    private final WorkEnds ends;
    private final Outbox outbox;
    private final MessagingMetrics metrics;
    private final Duration unclaimed;

    Dispatcher(
            WorkHandler<?> handler,
            Transactions transactions,
            WorkRows rows,
            WorkEnds ends,
            Outbox outbox,
            MessagingMetrics metrics,
            Duration unclaimed) {
        this.handler = handler;
        this.transactions = transactions;
        this.rows = rows;
        this.turns = new Turns(rows, handler.workClass().name());
        this.ends = ends;
        this.outbox = outbox;
        this.metrics = metrics;
        this.unclaimed = unclaimed;
    }

    static String nameOf(String workClass) {
        return "dispatch-" + workClass;
    }

    @Override
    public String name() {
        return nameOf(handler.workClass().name());
    }

    @Override
    public Duration period() {
        return PERIOD;
    }

    @Override
    public void run(Tenure tenure) {
        String workClass = handler.workClass().name();
        ends.reap(handler);
        transactions.run(tx -> {
            tenure.verify(tx);
            WorkRows.takeBackUnclaimed(tx, workClass, unclaimed);
        });
        int woken;
        int released;
        do {
            woken = transactions.call(tx -> {
                tenure.verify(tx);
                return rows.wakeDeferred(tx, workClass);
            });
            released = release(tenure);
        } while ((woken == WorkRows.WOKEN_AT_ONCE || released == RELEASED_AT_ONCE) && !tenure.over());
    }

    private int release(Tenure tenure) {
        WorkClass work = handler.workClass();
        List<WorkRows.Row> released = transactions.call(tx -> {
            tenure.verify(tx);
            if (WorkPauses.isPaused(tx, work.name())) {
                return List.of();
            }
            int room = work.window() - rows.inWindow(tx, work.name());
            if (room <= 0) {
                return List.of();
            }
            List<WorkRows.Row> next = turns.release(tx, Math.min(room, RELEASED_AT_ONCE));
            outbox.appendAll(tx, next.stream().map(row -> message(work, row)).toList());
            return next;
        });
        if (!released.isEmpty()) {
            metrics.released(work.name(), released.size());
        }
        return released.size();
    }

    private static OutgoingRecord message(WorkClass work, WorkRows.Row row) {
        WorkReleased released = WorkReleased.newBuilder()
                .setWorkClass(work.name())
                .setWorkKey(ByteString.copyFromUtf8(row.key()))
                .setWorkId(row.id())
                .setReleaseToken(row.releaseToken())
                .setAlone(row.alone())
                .build();
        return new OutgoingRecord(work.topic(), row.key(), released, row.releaseToken());
    }
}
