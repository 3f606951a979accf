package io.sluice.ingest.importjob;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import jakarta.enterprise.context.ApplicationScoped;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.ingest.handover.BatchItem.Decided;
import io.sluice.ingest.handover.Decision;

/** The meters of imports: jobs that wait and run, what became of items, how long waves take. */
@ApplicationScoped
class ImportMetrics {

    private final MeterRegistry registry;
    private volatile List<Jobs.Count> waiting = List.of();

    ImportMetrics(MeterRegistry registry) {
        this.registry = registry;
        for (JobState state : List.of(JobState.QUEUED, JobState.RUNNING)) {
            Gauge.builder("sluice.ingest.import.jobs", this, metrics -> jobs(metrics.waiting, state))
                    .tag("state", state.word())
                    .register(registry);
        }
        Gauge.builder("sluice.ingest.import.oldest.queued.seconds", this, metrics -> oldest(metrics.waiting))
                .register(registry);
    }

    private static double jobs(List<Jobs.Count> counts, JobState state) {
        return counts.stream()
                .filter(count -> count.state() == state)
                .mapToLong(Jobs.Count::jobs)
                .sum();
    }

    private static double oldest(List<Jobs.Count> counts) {
        return counts.stream()
                .filter(count -> count.state() == JobState.QUEUED)
                .mapToDouble(Jobs.Count::oldestSeconds)
                .max()
                .orElse(0);
    }

    void show(List<Jobs.Count> counts) {
        waiting = counts;
    }

    void decided(Collection<Decided> decisions) {
        for (Decision decision : Decision.values()) {
            long count = decisions.stream()
                    .filter(decided -> decided.decision() == decision)
                    .count();
            if (count > 0) {
                registry.counter("sluice.ingest.import.items", "decision", decision.word())
                        .increment(count);
            }
        }
    }

    void waveDone(JobStep step, Duration took) {
        registry.timer("sluice.ingest.import.wave", "wave", step.word()).record(took);
    }

    void jobEnded(JobState state) {
        registry.counter("sluice.ingest.import.jobs.ended", "state", state.word())
                .increment();
    }
}
