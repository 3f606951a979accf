package io.sluice.ingest.importjob;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import jakarta.enterprise.context.ApplicationScoped;

/** Wakes the coordinators of this process: there is a job to claim, or items were decided. Others look by themselves. */
@ApplicationScoped
class JobSignals {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private long queued;
    private long decided;

    void queued() {
        tell(() -> queued++);
    }

    void decided() {
        tell(() -> decided++);
    }

    /** Wakes all, whatever they wait for. */
    void stop() {
        tell(() -> {
            queued++;
            decided++;
        });
    }

    private void tell(Runnable what) {
        lock.lock();
        try {
            what.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    long queuedSoFar() {
        return read(true);
    }

    long decidedSoFar() {
        return read(false);
    }

    private long read(boolean ofQueued) {
        lock.lock();
        try {
            return ofQueued ? queued : decided;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until something was queued since that count, or the time is over. */
    void awaitQueued(long seen, Duration most) throws InterruptedException {
        await(true, seen, most);
    }

    void awaitDecided(long seen, Duration most) throws InterruptedException {
        await(false, seen, most);
    }

    private void await(boolean ofQueued, long seen, Duration most) throws InterruptedException {
        long left = most.toNanos();
        lock.lockInterruptibly();
        try {
            while (left > 0 && (ofQueued ? queued : decided) == seen) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }
}
