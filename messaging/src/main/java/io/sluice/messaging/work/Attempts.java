package io.sluice.messaging.work;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.function.Supplier;

import io.sluice.messaging.MessagingMetrics;
import io.sluice.messaging.Patience;

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
        String workClass = handler.workClass().name();
        List<HeldLeases.Held> claimed = List.of();
        try {
            List<WorkEnds.Attempt<R>> attempts;
            try {
                claimed = claim.get();
                if (claimed.isEmpty()) {
                    return;
                }
                long start = System.nanoTime();
                attempts = perform(
                        handler, claimed.stream().map(HeldLeases.Held::work).toList());
                metrics.performed(workClass, claimed.size(), Duration.ofNanos(System.nanoTime() - start));
            } finally {
                company.unlock();
            }
            List<HeldLeases.Held> held = claimed;
            leases.ending(held);
            patience.outlast("finish-" + workClass, () -> HeldLeases.allLost(held), () -> {
                ends.finish(handler, attempts);
                return true;
            });
        } finally {
            // Also after a defect: what is not ended by then is not renewed, so that its lease runs out.
            leases.ended(claimed);
        }
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
                attempts.add(new WorkEnds.Attempt<>(works.get(i), outcomes.get(i)));
            }
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError thrown) {
            int half = works.size() / 2;
            if (half == 0) {
                return List.of(new WorkEnds.Attempt<>(works.getFirst(), WorkEnds.failure(thrown)));
            }
            attempts.addAll(perform(handler, works.subList(0, half)));
            attempts.addAll(perform(handler, works.subList(half, works.size())));
        }
        return attempts;
    }
}
