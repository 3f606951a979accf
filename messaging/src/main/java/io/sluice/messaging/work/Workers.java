package io.sluice.messaging.work;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;

/** The bounded platform threads of one class; who has more for them waits. */
final class Workers {

    private final ExecutorService threads;
    private final Semaphore free;

    Workers(WorkClass work) {
        this.threads = Executors.newFixedThreadPool(
                work.concurrency(),
                Thread.ofPlatform().name("work-" + work.name() + "-", 1).factory());
        this.free = new Semaphore(work.concurrency());
    }

    /** @param patience called each second of waiting; throws to end it */
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
        threads.execute(() -> {
            try {
                task.run();
            } finally {
                free.release();
            }
        });
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
