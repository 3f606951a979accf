package io.sluice.messaging.work;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jboss.logging.Logger;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.messaging.MessagingMetrics;
import io.sluice.messaging.Progress;
import io.sluice.messaging.Transactions;

/** The rows that this process is running: renewed together, each told when it is lost. */
final class HeldLeases {

    /** A running row and what is known of its lease. */
    final class Held {
        private final WorkRows.Row row;
        private volatile long holdsUntil;
        private volatile boolean lost;
        private volatile boolean ending;

        private Held(WorkRows.Row row, long holdsUntil) {
            this.row = row;
            this.holdsUntil = holdsUntil;
        }

        ClaimedWork work() {
            return new ClaimedWork(
                    row.id(), row.key(), row.releaseToken(), row.attempts() + 1, row.alone(), () -> stopping || lost());
        }

        private boolean lost() {
            return lost || System.nanoTime() - holdsUntil > 0;
        }
    }

    private static final Logger LOG = Logger.getLogger(HeldLeases.class);

    private static final String LOOP = "work-heartbeat";

    private final Transactions transactions;
    private final WorkRows rows;
    private final Duration lease;
    private final Duration heartbeat;
    private final Progress progress;
    private final MessagingMetrics metrics;
    private final Map<Long, Held> held = new ConcurrentHashMap<>();
    private final Thread beats;
    private volatile boolean stopping;

    HeldLeases(
            Transactions transactions,
            WorkRows rows,
            Duration lease,
            Duration heartbeat,
            Progress progress,
            MessagingMetrics metrics) {
        this.transactions = transactions;
        this.rows = rows;
        this.lease = lease;
        this.heartbeat = heartbeat;
        this.progress = progress;
        this.metrics = metrics;
        this.beats = Thread.ofVirtual().name(LOOP).start(this::beat);
    }

    /** @param before monotonic time at which the claim began */
    List<Held> begun(List<WorkRows.Row> claimed, long before) {
        List<Held> begun = new ArrayList<>();
        for (WorkRows.Row row : claimed) {
            Held one = new Held(row, before + lease.toNanos());
            Held earlier = held.put(row.id(), one);
            if (earlier != null) {
                earlier.lost = true;
            }
            begun.add(one);
        }
        return begun;
    }

    /** From now on its row may go at any moment, by our own doing. */
    void ending(List<Held> batch) {
        batch.forEach(one -> one.ending = true);
    }

    void ended(List<Held> batch) {
        batch.forEach(one -> held.remove(one.row.id(), one));
    }

    static boolean allLost(List<Held> batch) {
        return batch.stream().allMatch(Held::lost);
    }

    /** @throws CodedException {@code INTERRUPTED} when the process stops */
    void stopIfStopping() {
        if (stopping) {
            throw new CodedException(ErrorCode.INTERRUPTED, "The process stops");
        }
    }

    /** Tells all that run to give up early. */
    void stop() {
        stopping = true;
    }

    /** Has what still runs wait again; its late results are dropped. */
    void giveBack() {
        beats.interrupt();
        List<Long> ids = List.copyOf(held.keySet());
        if (ids.isEmpty()) {
            return;
        }
        try {
            transactions.run(tx -> rows.giveBack(tx, ids));
            LOG.infof("%d works were interrupted by the stop and given back", ids.size());
        } catch (RuntimeException unreachable) {
            LOG.warnf("%d works were not given back, their leases run out: %s", ids.size(), unreachable.getMessage());
        }
    }

    private void beat() {
        try {
            while (true) {
                progress.tick(LOOP);
                Thread.sleep(heartbeat);
                renew();
            }
        } catch (InterruptedException stopped) {
            progress.ended(LOOP);
        }
    }

    private void renew() {
        List<Held> ours = List.copyOf(held.values());
        if (ours.isEmpty()) {
            return;
        }
        List<Long> ids = ours.stream().map(one -> one.row.id()).toList();
        long before = System.nanoTime();
        try {
            Set<Long> still = transactions.read(handle -> rows.held(handle, ids));
            for (Held one : ours) {
                if (!still.contains(one.row.id())) {
                    lose(one);
                }
            }
            Set<Long> renewed = transactions.call(tx -> rows.renew(tx, still));
            for (Held one : ours) {
                if (renewed.contains(one.row.id())) {
                    one.holdsUntil = before + lease.toNanos();
                }
            }
        } catch (RuntimeException unreachable) {
            LOG.warnf("Leases of running work were not renewed: %s", unreachable.getMessage());
        }
    }

    private void lose(Held one) {
        if (!one.lost && !one.ending) {
            metrics.leaseLost("work");
            LOG.warnf("Lost the lease of work %s", one.row.key());
        }
        one.lost = true;
    }
}
