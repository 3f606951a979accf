package io.sluice.search;

import java.time.Duration;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.sluice.search.index.IndexState;
import io.sluice.search.index.ShownIndex;

/** Every meter of search. */
public final class SearchMetrics {

    private final MeterRegistry registry;
    private final Timer searches;

    public SearchMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.searches = Timer.builder("sluice.search.searches")
                .description("Time of searches, waiting for their turn included")
                .publishPercentileHistogram()
                .register(registry);
    }

    /** Shows how the index is; what is unknown has no number. */
    public void show(IndexState state, ShownIndex shown) {
        Gauge.builder("sluice.search.behind", state, known -> known.behind().stream()
                        .mapToDouble(behind -> behind)
                        .findFirst()
                        .orElse(Double.NaN))
                .description("Offsets that are not in the index yet; no number while that is unknown")
                .register(registry);
        Gauge.builder("sluice.search.answers", shown, index -> index.answers() ? 1 : 0)
                .description("Whether searches are answered")
                .register(registry);
    }

    public void applied(int documents, int unreadable) {
        registry.counter("sluice.search.documents.written").increment(documents);
        registry.counter("sluice.search.records.unreadable").increment(unreadable);
    }

    public void committed() {
        registry.counter("sluice.search.commits").increment();
    }

    public void rebuildStarted() {
        registry.counter("sluice.search.rebuilds").increment();
    }

    public void searched(Duration took, String outcome) {
        searches.record(took);
        registry.counter("sluice.search.answered", "outcome", outcome).increment();
    }
}
