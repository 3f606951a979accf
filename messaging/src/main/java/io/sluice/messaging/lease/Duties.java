package io.sluice.messaging.lease;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import org.jboss.logging.Logger;

import io.sluice.messaging.Instance;
import io.sluice.messaging.MessagingMetrics;
import io.sluice.messaging.Progress;
import io.sluice.messaging.Transactions;

/** Runs duties: takes each one's lease (30 s, heartbeat 5 s), runs it while it is held, gives it back at stop. */
public final class Duties implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Duties.class);

    /** What a run in progress gets to end by itself at stop, and again after an interrupt. */
    private static final Duration GRACE = Duration.ofSeconds(8);

    private record Running(DutyLoop loop, Thread thread) {}

    private final Leases leases;
    private final Duration heartbeat;
    private final Progress progress;
    private final MessagingMetrics metrics;
    private final Map<String, Running> running = new ConcurrentHashMap<>();
    private final List<Running> ending = new CopyOnWriteArrayList<>();
    private final Thread beats;
    private volatile boolean closed;

    /**
     * @param duration of a lease, e.g. 30 s
     * @param heartbeat how often leases are renewed, and asked for by those who wait, e.g. 5 s
     */
    public Duties(
            Transactions transactions,
            Instance instance,
            Duration duration,
            Duration heartbeat,
            Progress progress,
            MessagingMetrics metrics) {
        this.leases = new Leases(transactions, instance, duration);
        this.heartbeat = heartbeat;
        this.progress = progress;
        this.metrics = metrics;
        this.beats = Thread.ofVirtual().name("lease-heartbeat").start(this::beat);
    }

    /** Starts to compete for a duty that is known only at run time (a library's scan). Idempotent by name. */
    public void start(Duty duty) {
        if (!closed) {
            running.computeIfAbsent(duty.name(), name -> {
                DutyLoop loop = new DutyLoop(duty, leases, heartbeat, progress, metrics);
                return new Running(loop, Thread.ofVirtual().name("duty-" + name).start(loop));
            });
        }
    }

    /** Stops competing and gives the lease back after the current run. */
    public void stop(String name) {
        Running stopped = running.remove(name);
        if (stopped != null) {
            ending.removeIf(ended -> !ended.thread.isAlive());
            ending.add(stopped);
            stopped.loop.stop();
        }
    }

    /** Has the duty run now if this instance owns it. */
    public void wake(String name) {
        Running one = running.get(name);
        if (one != null) {
            one.loop.wake();
        }
    }

    /** Ends all runs, those that do not end by an interrupt, and gives the leases back. */
    @Override
    public void close() {
        closed = true;
        List.copyOf(running.keySet()).forEach(this::stop);
        try {
            awaitEnd(GRACE);
            ending.forEach(one -> one.thread.interrupt());
            awaitEnd(GRACE);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        beats.interrupt();
    }

    private void awaitEnd(Duration limit) throws InterruptedException {
        long until = System.nanoTime() + limit.toNanos();
        for (Running one : ending) {
            one.thread.join(Duration.ofNanos(Math.max(1, until - System.nanoTime())));
        }
    }

    private void beat() {
        try {
            while (true) {
                progress.tick("lease-heartbeat");
                Thread.sleep(heartbeat);
                renew();
            }
        } catch (InterruptedException stopped) {
            progress.ended("lease-heartbeat");
        }
    }

    private void renew() {
        List<DutyLoop.Held> held = Stream.concat(running.values().stream(), ending.stream())
                .map(one -> one.loop.held())
                .filter(Objects::nonNull)
                .toList();
        if (held.isEmpty()) {
            return;
        }
        long before = System.nanoTime();
        try {
            Map<String, Long> ours = leases.renew(
                    held.stream().map(DutyLoop.Held::name).distinct().toList());
            for (DutyLoop.Held one : held) {
                if (Objects.equals(ours.get(one.name()), one.token())) {
                    one.renewed(before + leases.duration().toNanos());
                } else {
                    one.lose();
                }
            }
        } catch (RuntimeException unreachable) {
            LOG.warnf("Leases were not renewed: %s", unreachable.getMessage());
        }
    }
}
