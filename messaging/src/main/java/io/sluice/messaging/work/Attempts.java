package io.sluice.messaging.work;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Lock;
import java.util.function.Supplier;

import io.sluice.messaging.MessagingMetrics;
import io.sluice.messaging.Patience;
import io.sluice.messaging.Spans;

/** Makes attempts: has the handler do what was claimed, then ends it; the same for all who claim. */
final class Attempts {

    private final WorkEnds ends;
    private final HeldLeases leases;
    private final Patience patience;
    private final MessagingMetrics metrics;

    Attempts(WorkEnds ends, HeldLeases leases, Patience patience, MessagingMetrics metrics) {
        this.ends = ends;
        this.leases = leases;
        this.patience = patience;
        this.metrics = metrics;
    }

    /**
     * Claims, performs and ends.
     *
     * @param company held by this thread; given back once the work is performed
     */
    <R> void make(WorkHandler<R> handler, Lock company, Supplier<List<HeldLeases.Held>> claim) {
        AtomicBoolean inCompany = new AtomicBoolean(true);
        Runnable leave = () -> {
            if (inCompany.getAndSet(false)) {
                company.unlock();
            }
        };
        List<HeldLeases.Held> claimed = List.of();
        try {
            claimed = claim.get();
            List<HeldLeases.Held> held = claimed;
            if (!held.isEmpty()) {
                List<String> keys = held.stream().map(one -> one.work().key()).toList();
                Spans.worked(handler.workClass().name(), keys, () -> makeClaimed(handler, leave, held));
            }
        } finally {
            leave.run();
            // Also after a defect: what is not ended by then is not renewed, so that its lease runs out.
            leases.ended(claimed);
        }
    }

    private <R> void makeClaimed(WorkHandler<R> handler, Runnable leave, List<HeldLeases.Held> held) {
        String workClass = handler.workClass().name();
        long start = System.nanoTime();
        List<WorkEnds.Attempt<R>> attempts =
                perform(handler, held.stream().map(HeldLeases.Held::work).toList());
        metrics.performed(workClass, held.size(), Duration.ofNanos(System.nanoTime() - start));
        leave.run();
        leases.ending(held);
        patience.outlast("finish-" + workClass, () -> HeldLeases.allLost(held), () -> {
            ends.finish(handler, attempts);
            return true;
        });
    }

    /** A batch whose handler throws is halved, so that one bad work ends only itself. */
    private static <R> List<WorkEnds.Attempt<R>> perform(WorkHandler<R> handler, List<ClaimedWork> works) {
        List<WorkEnds.Attempt<R>> attempts = new ArrayList<>();
        try {
            List<Outcome<R>> outcomes = handler.perform(works);
            if (outcomes.size() != works.size()) {
                throw new IllegalStateException(outcomes.size() + " outcomes of " + works.size() + " works");
            }
            for (int i = 0; i < works.size(); i++) {
                attempts.add(told(new WorkEnds.Attempt<>(works.get(i), outcomes.get(i))));
            }
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError thrown) {
            int half = works.size() / 2;
            if (half == 0) {
                return List.of(told(new WorkEnds.Attempt<>(works.getFirst(), WorkEnds.failure(thrown))));
            }
            attempts.addAll(perform(handler, works.subList(0, half)));
            attempts.addAll(perform(handler, works.subList(half, works.size())));
        }
        return attempts;
    }

    private static <R> WorkEnds.Attempt<R> told(WorkEnds.Attempt<R> attempt) {
        if (attempt.outcome() instanceof Outcome.Failed<R> failed) {
            Spans.failed(attempt.work().key(), failed.code().code());
        }
        return attempt;
    }
}
