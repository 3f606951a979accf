package io.sluice.messaging.child;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

import org.jspecify.annotations.Nullable;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;

/**
 * Child JVMs that answer one request at a time over stdin and stdout (4-byte length, then the bytes; the child's side is
 * {@link ChildServer}). One that dies, hangs past its time limit or breaks the protocol is killed and replaced.
 */
public final class ChildPool implements AutoCloseable {

    /**
     * @param name for logs and metrics
     * @param mainClass the child's main class, on this process's own class path
     * @param jvmArgs e.g. {@code -Xmx64m}; native access is on
     * @param size children at once; started when first needed
     * @param maxDataBytes limit of the child's private writable memory (RLIMIT_DATA), 0 for none
     * @param requestsPerChild a child is replaced after so many, against slow leaks; 0 for never
     */
    public record Settings(
            String name, Class<?> mainClass, List<String> jvmArgs, int size, long maxDataBytes, int requestsPerChild) {}

    private final Settings settings;
    private final List<String> command;
    private final Semaphore free;
    private final ConcurrentLinkedDeque<Child> idle = new ConcurrentLinkedDeque<>();
    private final Set<Child> all = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService clock;
    private final LongAdder deaths = new LongAdder();
    private volatile boolean closed;

    public ChildPool(Settings settings) {
        this.settings = settings;
        this.command = ChildCommand.of(settings);
        this.free = new Semaphore(settings.size());
        this.clock = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform()
                .daemon()
                .name("child-" + settings.name() + "-clock")
                .factory());
    }

    /**
     * Waits for a free child and asks it.
     *
     * @param timeLimit for the answer, from when a child is free; a child that needs longer is killed
     * @throws CodedException {@code CHILD_DIED} or {@code CHILD_TIMED_OUT}, with what the child last said on stderr;
     *     {@code INTERRUPTED} when the pool closes
     */
    public byte[] call(byte[] request, Duration timeLimit) {
        acquire();
        try {
            return ask(child(), request, timeLimit);
        } finally {
            free.release();
        }
    }

    /** Children that ended other than by our wish, since the start of this process. */
    public long deaths() {
        return deaths.sum();
    }

    /** Kills all children. */
    @Override
    public void close() {
        closed = true;
        clock.shutdownNow();
        all.forEach(Child::kill);
    }

    private byte[] ask(Child child, byte[] request, Duration timeLimit) {
        AtomicBoolean overdue = new AtomicBoolean();
        ScheduledFuture<?> alarm = clock.schedule(
                () -> {
                    overdue.set(true);
                    child.kill();
                },
                timeLimit.toMillis(),
                TimeUnit.MILLISECONDS);
        try {
            byte[] answer = child.ask(request);
            alarm.cancel(false);
            keep(child, overdue.get());
            return answer;
        } catch (IOException e) {
            alarm.cancel(false);
            throw lost(child, overdue.get(), timeLimit, e);
        }
    }

    private CodedException lost(Child child, boolean overdue, Duration timeLimit, IOException cause) {
        child.kill();
        all.remove(child);
        if (closed) {
            return new CodedException(ErrorCode.INTERRUPTED, "the service is stopping", cause);
        }
        deaths.increment();
        return overdue
                ? new CodedException(
                        ErrorCode.CHILD_TIMED_OUT,
                        "The child process gave no answer within " + timeLimit.toSeconds()
                                + " s and was killed. Look at"
                                + " what it was given; if that is good, raise the time limit and redrive.",
                        cause)
                : new CodedException(
                        ErrorCode.CHILD_DIED,
                        "The child process died (" + child.obituary()
                                + "). Look at what it was given; if that is good, see"
                                + " whether memory ran out (the service's limits, the kernel's log), and redrive.",
                        cause);
    }

    private void keep(Child child, boolean killed) {
        boolean worn = settings.requestsPerChild() > 0 && child.served() >= settings.requestsPerChild();
        if (killed || worn || closed) {
            child.kill();
            all.remove(child);
        } else {
            idle.addFirst(child);
        }
    }

    private Child child() {
        for (Child child = poll(); child != null; child = poll()) {
            if (child.alive()) {
                return child;
            }
            all.remove(child);
            deaths.increment();
        }
        try {
            Child child = Child.start(settings.name(), command);
            all.add(child);
            if (closed) {
                child.kill();
            }
            return child;
        } catch (IOException e) {
            throw new CodedException(
                    ErrorCode.SERVICE_UNAVAILABLE, "A child process cannot be started: " + e.getMessage(), e);
        }
    }

    private @Nullable Child poll() {
        return idle.pollFirst();
    }

    private void acquire() {
        if (closed) {
            throw new CodedException(ErrorCode.INTERRUPTED, "the service is stopping");
        }
        try {
            free.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CodedException(ErrorCode.INTERRUPTED, "interrupted while waiting for a child process", e);
        }
    }
}
