package io.sluice.scanner.handover;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import jakarta.inject.Singleton;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;

/** Every meter of handover mounts. */
@Singleton
public class BundleMetrics {

    private final MeterRegistry registry;
    private final Map<String, Shown> shown = new ConcurrentHashMap<>();

    BundleMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    private static final class Shown {
        private volatile BundleCounts counts = new BundleCounts(0, 0, 0);
        private volatile List<Meter> gauges = List.of();
    }

    /** Shows what stands on a mount; only the instance whose duty it is does so. */
    public void show(String library, BundleCounts counts) {
        shown.computeIfAbsent(library, this::gauges).counts = counts;
    }

    /** @param news looks with a number of their own; the others repeat */
    public void told(String library, long news, long again) {
        registry.counter("sluice.handover.looks.told", "library", library, "cause", "news")
                .increment(news);
        registry.counter("sluice.handover.looks.told", "library", library, "cause", "again")
                .increment(again);
    }

    /** The mount is another instance's duty now. */
    public void forget(String library) {
        Shown values = shown.remove(library);
        if (values != null) {
            values.gauges.forEach(registry::remove);
        }
    }

    private Shown gauges(String library) {
        Shown values = new Shown();
        values.gauges = List.of(
                gauge(values, library, "released", BundleCounts::released),
                gauge(values, library, "unreleased", BundleCounts::unreleased),
                gauge(values, library, "without_manifest", BundleCounts::withoutManifest));
        return values;
    }

    private Meter gauge(Shown values, String library, String state, ToDoubleFunction<BundleCounts> count) {
        return Gauge.builder("sluice.handover.bundles", values, now -> count.applyAsDouble(now.counts))
                .tags("library", library, "state", state)
                .strongReference(true)
                .register(registry);
    }
}
