package io.sluice.messaging.work;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;

/** The bounded platform threads of one class. */
final class Workers {

    private final ExecutorService threads;
    private final Semaphore free;

    Workers(String name, int threads) {
        this.threads = Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().name("work-" + name + "-", 1).factory());
        this.free = new Semaphore(threads);
    }

    /**
     * Runs it as soon as one of them is free; waits for that.
     *
     * @param patience called each second of waiting; throws to end it
     */
    void execute(Runnable patience, Runnable task) {
        try {
            while (!free.tryAcquire(1, TimeUnit.SECONDS)) {
                patience.run();
            }
            patience.run();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CodedException(ErrorCode.INTERRUPTED, "Interrupted while all workers were busy", interrupted);
        }
        start(task);
    }

    /** Runs it unless all are busy; tells whether. */
    boolean tryExecute(Runnable task) {
        boolean room = free.tryAcquire();
        if (room) {
            start(task);
        }
        return room;
    }

    private void start(Runnable task) {
        try {
            threads.execute(() -> {
                try {
                    task.run();
                } finally {
                    free.release();
                }
            });
        } catch (RejectedExecutionException stopped) {
            free.release();
            throw new CodedException(ErrorCode.INTERRUPTED, "The process stops", stopped);
        }
    }

    /** Takes no more and waits this long for what runs. */
    void end(Duration limit) {
        threads.shutdown();
        try {
            threads.awaitTermination(Math.max(0, limit.toMillis()), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    void interrupt() {
        threads.shutdownNow();
    }
}
