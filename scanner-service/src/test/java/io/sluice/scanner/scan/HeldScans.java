package io.sluice.scanner.scan;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

import org.awaitility.Awaitility;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import io.sluice.messaging.lease.Duties;
import io.sluice.messaging.lease.Duty;
import io.sluice.scanner.library.LibraryId;
import io.sluice.scanner.walk.AsNobody;
import io.sluice.testsupport.SluiceInfra;

/**
 * A library's duty in the hands of a test: real lease, real scans, but run when the test says so, and with a chance to
 * do something to the world in the middle of one.
 */
final class HeldScans implements Duty, AutoCloseable {

    private final Duties duties;
    private final LibraryId library;
    private final ScanTick tick;
    private final LinkedBlockingQueue<Run> runs = new LinkedBlockingQueue<>();

    /** A tick keeps the tenure of its first run; so it is one object here too. */
    private @Nullable Tripped tripped;

    private record Run(Tripwires tripwires, boolean asNobody, CompletableFuture<Boolean> ended) {}

    /**
     * Called with 1, 2, 3 … whenever the scan asks whether it shall stop (once an entry of a directory), and before it
     * verifies its token in a transaction.
     */
    record Tripwires(IntConsumer onEntry, IntConsumer beforeVerify) {
        static final Tripwires NONE = new Tripwires(count -> {}, count -> {});

        static Tripwires onEntry(int number, Runnable action) {
            return new Tripwires(count -> runAt(number, count, action), count -> {});
        }

        static Tripwires beforeVerify(int number, Runnable action) {
            return new Tripwires(count -> {}, count -> runAt(number, count, action));
        }

        private static void runAt(int number, int count, Runnable action) {
            if (count == number) {
                action.run();
            }
        }
    }

    /** @param duties of the instance that shall own it: the application's, or another's */
    HeldScans(Duties duties, LibraryId library, ScanTick tick) {
        this.duties = duties;
        this.library = library;
        this.tick = tick;
        duties.start(this);
    }

    /** Takes the duty from the application. */
    static HeldScans takenFrom(Duties application, LibraryId library, ScanTick tick) {
        release(application, library);
        return new HeldScans(application, library, tick);
    }

    /** Has the application give the duty up. */
    static void release(Duties application, LibraryId library) {
        application.stop(ScanDuty.nameOf(library));
        Awaitility.await("lease given back")
                .until(() -> SluiceInfra.database()
                                .number(
                                        "SELECT COUNT(*) FROM lease WHERE name = ? AND owner IS NOT NULL",
                                        ScanDuty.nameOf(library))
                        == 0);
    }

    /** One run of the duty; throws what it throws. */
    void tick(Tripwires tripwires) throws Exception {
        result(start(tripwires, false));
    }

    void tick() throws Exception {
        tick(Tripwires.NONE);
    }

    /** One run of the duty whose file accesses are those of user nobody. */
    void tickAsNobody() throws Exception {
        result(start(Tripwires.NONE, true));
    }

    /** A run that goes on by itself. */
    CompletableFuture<Boolean> start(Tripwires tripwires, boolean asNobody) {
        Run run = new Run(tripwires, asNobody, new CompletableFuture<>());
        runs.add(run);
        return run.ended;
    }

    static void result(CompletableFuture<Boolean> run) throws Exception {
        try {
            run.get(60, TimeUnit.SECONDS);
        } catch (ExecutionException failure) {
            throw failure.getCause() instanceof Exception cause ? cause : failure;
        }
    }

    @Override
    public String name() {
        return ScanDuty.nameOf(library);
    }

    @Override
    public Duration period() {
        return Duration.ofMillis(10);
    }

    @Override
    public void run(Tenure tenure) throws Exception {
        Run run = runs.poll(100, TimeUnit.MILLISECONDS);
        if (run == null) {
            return;
        }
        Tripped armed = armed(tenure, run.tripwires);
        Thread.ofPlatform().start(() -> {
            try {
                if (run.asNobody) {
                    AsNobody.call(() -> {
                        tick.run(armed);
                        return true;
                    });
                } else {
                    tick.run(armed);
                }
                run.ended.complete(true);
            } catch (Throwable failure) {
                run.ended.completeExceptionally(failure);
            }
        });
        while (!run.ended.isDone()) {
            Thread.sleep(10);
        }
    }

    private Tripped armed(Tenure tenure, Tripwires tripwires) {
        Tripped known = tripped;
        if (known == null || known.token() != tenure.token()) {
            known = new Tripped(tenure);
            tripped = known;
        }
        known.arm(tripwires);
        return known;
    }

    @Override
    public void close() {
        duties.stop(name());
    }

    /** The real tenure, with the test's hands on its calls. A frozen process does not learn that it is over. */
    private static final class Tripped implements Tenure {
        private final Tenure real;
        private final AtomicInteger entries = new AtomicInteger();
        private final AtomicInteger verifications = new AtomicInteger();
        private volatile Tripwires tripwires = Tripwires.NONE;

        Tripped(Tenure real) {
            this.real = real;
        }

        /** Counts from 1 again. */
        void arm(Tripwires fresh) {
            entries.set(0);
            verifications.set(0);
            tripwires = fresh;
        }

        @Override
        public long token() {
            return real.token();
        }

        @Override
        public boolean over() {
            tripwires.onEntry.accept(entries.incrementAndGet());
            return false;
        }

        @Override
        public void verify(Handle tx) {
            tripwires.beforeVerify.accept(verifications.incrementAndGet());
            real.verify(tx);
        }
    }
}
