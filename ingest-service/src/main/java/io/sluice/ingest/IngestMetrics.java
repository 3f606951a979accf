package io.sluice.ingest;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import jakarta.enterprise.context.ApplicationScoped;

import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.messaging.work.Outcome;

/** The meters of this service: what came in, what was read, what became of it. */
@ApplicationScoped
public class IngestMetrics {

    private final MeterRegistry registry;

    IngestMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Observations that were stored, by the difference that was found. */
    public void observed(String difference, int count) {
        registry.counter("sluice.ingest.observations", "difference", difference).increment(count);
    }

    /**
     * A batch of files was read.
     *
     * @param sizes bytes of each file, negative for one that was not read to its end
     */
    public void performed(List<Long> sizes, long nanos) {
        long files = sizes.stream().filter(size -> size >= 0).count();
        long bytes = sizes.stream()
                .filter(size -> size >= 0)
                .mapToLong(Long::longValue)
                .sum();
        registry.counter("sluice.ingest.files.hashed").increment(files);
        registry.counter("sluice.ingest.bytes.hashed").increment(bytes);
        registry.timer("sluice.ingest.hash.batch").record(nanos, TimeUnit.NANOSECONDS);
    }

    /** An attempt at hashing ended. */
    public void finished(Outcome<?> outcome, boolean last) {
        String name =
                switch (outcome) {
                    case Outcome.Ok<?> _ -> "ok";
                    case Outcome.Failed<?> _ -> last ? "given_up" : "failed";
                    case Outcome.Interrupted<?> _ -> "interrupted";
                };
        registry.counter("sluice.ingest.hash.attempts", "outcome", name).increment();
    }

    /** A file reached the library's door. */
    public void registered(Enum<?> registration) {
        String outcome = registration.name().toLowerCase(Locale.ROOT);
        registry.counter("sluice.ingest.registrations", "outcome", outcome).increment();
    }

    /** Buckets of a full scan's digest: compared, asked for again, still different after that. */
    public void buckets(String step, int count) {
        registry.counter("sluice.ingest.buckets", "step", step).increment(count);
    }
}
