package io.sluice.localstack;

import java.time.Duration;
import java.util.function.BooleanSupplier;

import io.sluice.localstack.process.BoundProcess;

/** Waits for a process to be ready, and not a moment longer than it lives. */
final class Await {

    private static final Duration POLL = Duration.ofMillis(50);

    private Await() {}

    static void ready(BoundProcess process, Duration limit, BooleanSupplier ready) {
        long start = System.nanoTime();
        while (!ready.getAsBoolean()) {
            process.ensureAlive();
            if (System.nanoTime() - start > limit.toNanos()) {
                throw process.notReadyWithin(limit);
            }
            pause();
        }
    }

    static void pause() {
        try {
            Thread.sleep(POLL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted while waiting", e);
        }
    }
}
