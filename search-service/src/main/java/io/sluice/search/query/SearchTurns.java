package io.sluice.search.query;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.search.SearchMetrics;

/** Searches are CPU work: as many at once as there are cores, some wait their turn, more are sent away. */
public final class SearchTurns implements AutoCloseable {

    /** At 2 ms a search that is a fifth of a second to wait. */
    private static final int WAITING = 128;

    private final ThreadPoolExecutor threads;
    private final SearchMetrics metrics;

    public SearchTurns(SearchMetrics metrics) {
        int cores = Math.max(2, Runtime.getRuntime().availableProcessors());
        this.metrics = metrics;
        this.threads = new ThreadPoolExecutor(
                cores,
                cores,
                1,
                TimeUnit.MINUTES,
                new ArrayBlockingQueue<>(WAITING),
                Thread.ofPlatform().daemon().name("search-", 0).factory());
    }

    /**
     * Waits for the answer.
     *
     * @throws CodedException {@code TOO_MANY_REQUESTS} when too many wait already; what the search throws
     */
    public <T> T take(Supplier<T> search) {
        long started = System.nanoTime();
        String outcome = "failed";
        try {
            Future<T> answer = threads.submit(search::get);
            T found = answer.get();
            outcome = "answered";
            return found;
        } catch (RejectedExecutionException | CancellationException full) {
            outcome = "refused";
            throw new CodedException(
                    ErrorCode.TOO_MANY_REQUESTS, "Too many searches wait already; try again in a second.", full);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(failed.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new CodedException(ErrorCode.INTERRUPTED, "Search is stopping; try again.", stopped);
        } finally {
            metrics.searched(Duration.ofNanos(System.nanoTime() - started), outcome);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
