package io.sluice.scanner.library;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;

/**
 * Waits for a call that may never come back (a dead network mount holds its caller in the kernel). What hangs is left
 * behind in a thread of its own, one at most: as long as it hangs no other is sent after it.
 */
final class TimeLimit {

    private final String name;
    private final Duration limit;
    private @Nullable FutureTask<?> last;

    TimeLimit(String name, Duration limit) {
        this.name = name;
        this.limit = limit;
    }

    /** @throws TimeoutException when it, or the one before it, did not come back */
    synchronized <T> T call(Callable<T> call) throws TimeoutException, ExecutionException, InterruptedException {
        if (last != null && !last.isDone()) {
            throw new TimeoutException("An earlier look still hangs");
        }
        FutureTask<T> task = new FutureTask<>(call);
        last = task;
        Thread.ofPlatform().daemon().name("probe-" + name).start(task);
        return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    }
}
