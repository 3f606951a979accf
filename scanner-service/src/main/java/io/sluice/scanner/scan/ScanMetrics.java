package io.sluice.scanner.scan;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import jakarta.inject.Singleton;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.sluice.scanner.handover.BundleMetrics;
import io.sluice.scanner.library.Health;
import io.sluice.scanner.library.Library;

/** Every meter of scans. What is counted of a stale library stays as it was last known; it does not fall to 0. */
@Singleton
public class ScanMetrics {

    private static final List<String> STATES = List.of("online", "stale", "disabled");

    private final MeterRegistry registry;
    private final Map<String, Shown> shown = new ConcurrentHashMap<>();

    private final BundleMetrics bundles;

    ScanMetrics(MeterRegistry registry, BundleMetrics bundles) {
        this.registry = registry;
        this.bundles = bundles;
    }

    /** What the gauges of a library say. */
    private static final class Shown {
        private volatile String health = "";
        private volatile double present = Double.NaN;
        private volatile double absent = Double.NaN;
        private volatile List<Meter> gauges = List.of();
    }

    /** Shows a library as it is; only the instance whose duty it is does so. */
    public void show(Library library, Health health) {
        Shown values = shown.computeIfAbsent(library.name(), this::gauges);
        values.health = health.word();
        values.present = library.presentFiles();
        values.absent = library.absentFiles();
    }

    /** Shows how a library stands, all else as it was. */
    void health(String library, Health health) {
        shown.computeIfAbsent(library, this::gauges).health = health.word();
    }

    /** The library is another instance's duty now. */
    public void forget(String library) {
        bundles.forget(library);
        Shown values = shown.remove(library);
        if (values != null) {
            values.gauges.forEach(registry::remove);
        }
    }

    void told(String library, long files) {
        registry.counter("sluice.scan.files.told", "library", library).increment(files);
    }

    void absent(String library, long files) {
        registry.counter("sluice.scan.files.absent", "library", library).increment(files);
    }

    void ended(String library, ScanKind kind, ScanRun.State state, Duration took, ScanCounts counts) {
        Tags tags = Tags.of("library", library, "kind", kind.word());
        registry.timer("sluice.scan.duration", tags.and("state", state.name().toLowerCase(Locale.ROOT)))
                .record(took);
        registry.counter("sluice.scan.files.seen", tags).increment(counts.filesSeen());
        registry.counter("sluice.scan.directories.unreadable", tags).increment(counts.directoriesUnreadable());
    }

    private Shown gauges(String library) {
        Shown values = new Shown();
        Tags tags = Tags.of("library", library);
        List<Meter> gauges = new ArrayList<>();
        for (String state : STATES) {
            gauges.add(Gauge.builder("sluice.library.health", values, now -> now.health.equals(state) ? 1 : 0)
                    .tags(tags.and("state", state))
                    .strongReference(true)
                    .register(registry));
        }
        gauges.add(Gauge.builder("sluice.library.files", values, now -> now.present)
                .tags(tags.and("state", "present"))
                .strongReference(true)
                .register(registry));
        gauges.add(Gauge.builder("sluice.library.files", values, now -> now.absent)
                .tags(tags.and("state", "absent"))
                .strongReference(true)
                .register(registry));
        values.gauges = List.copyOf(gauges);
        return values;
    }
}
