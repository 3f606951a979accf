package io.sluice.messaging;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;

/** Every meter of this module. A gauge that cannot be read says NaN, never 0. */
public final class MessagingMetrics {

    private final MeterRegistry registry;
    private final Map<String, AtomicInteger> waiting = new ConcurrentHashMap<>();
    private final MultiGauge work;
    private final MultiGauge workOldest;
    private final MultiGauge deferred;
    private final MultiGauge paused;
    private volatile double outboxWaiting = Double.NaN;
    private volatile double outboxOldest = Double.NaN;
    private volatile double outboxBlocked = Double.NaN;
    private volatile double deadLetters = Double.NaN;
    private volatile List<Tags> lastWork = List.of();

    public MessagingMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.work =
                MultiGauge.builder("sluice.work").description("Rows of work").register(registry);
        this.workOldest = MultiGauge.builder("sluice.work.oldest.seconds").register(registry);
        this.deferred = MultiGauge.builder("sluice.messages.deferred").register(registry);
        this.paused = MultiGauge.builder("sluice.work.paused")
                .description("1 for a class that a person has paused")
                .register(registry);
        // There from the start: a rate of what never happened is 0, not unknown.
        registry.counter("sluice.outbox.sent");
        registry.counter("sluice.outbox.refused");
        registry.gauge("sluice.outbox.waiting", this, metrics -> metrics.outboxWaiting);
        registry.gauge("sluice.outbox.oldest.seconds", this, metrics -> metrics.outboxOldest);
        registry.gauge("sluice.outbox.blocked", this, metrics -> metrics.outboxBlocked);
        registry.gauge("sluice.dead.letters", this, metrics -> metrics.deadLetters);
    }

    /** Records that left the outbox. */
    public void sent(int records) {
        registry.counter("sluice.outbox.sent").increment(records);
    }

    /** A row that the broker refuses; its key is blocked. */
    public void refused() {
        registry.counter("sluice.outbox.refused").increment();
    }

    /** @param kind {@code duty} or {@code work} */
    public void leaseLost(String kind) {
        registry.counter("sluice.lease.lost", "kind", kind).increment();
    }

    /** A run of a duty that ended with an exception. */
    public void dutyFailed(String errorCode) {
        registry.counter("sluice.duty.failed", "error_code", errorCode).increment();
    }

    /** @param outcome {@code ok, failed, given_up, interrupted, vanished, dropped} */
    public void attempt(String workClass, String outcome) {
        registry.counter("sluice.work.attempts", "work_class", workClass, "outcome", outcome)
                .increment();
    }

    /** How long a batch of so many works took to perform. */
    public void performed(String workClass, int works, Duration took) {
        registry.timer("sluice.work.perform", "work_class", workClass).record(took);
        registry.counter("sluice.work.performed", "work_class", workClass).increment(works);
    }

    public void released(String workClass, int rows) {
        registry.counter("sluice.work.released", "work_class", workClass).increment(rows);
    }

    /** @param outcome {@code applied, deferred, queued, dead} */
    public void facts(String group, String outcome, int count) {
        registry.counter("sluice.facts", "group", group, "outcome", outcome).increment(count);
    }

    public void buried(String source, String errorCode) {
        registry.counter("sluice.dead.letters.written", "source", source, "error_code", errorCode)
                .increment();
    }

    /** @param end {@code redriven} or {@code acknowledged} */
    public void closed(String source, String errorCode, String end) {
        registry.counter("sluice.dead.letters.closed", "source", source, "error_code", errorCode, "end", end)
                .increment();
    }

    /** A command that came again with its key and was answered from what is kept. */
    public void repeated(String rpc) {
        registry.counter("sluice.commands.repeated", "rpc", rpc).increment();
    }

    /** How many threads of that name wait for a dependency. */
    public void waits(String who, boolean begins) {
        AtomicInteger count = waiting.computeIfAbsent(
                who, name -> registry.gauge("sluice.lane.waits", Tags.of("lane", name), new AtomicInteger()));
        count.addAndGet(begins ? 1 : -1);
    }

    /** Shows what was counted last; null when it could not be counted: everything known before becomes NaN. */
    public void show(Backlog.@Nullable Snapshot counted) {
        if (counted == null) {
            outboxWaiting = outboxOldest = outboxBlocked = deadLetters = Double.NaN;
            List<Row<?>> unknown = lastWork.stream()
                    .<Row<?>>map(tags -> Row.of(tags, Double.NaN))
                    .toList();
            work.register(unknown, true);
            workOldest.register(unknown, true);
            deferred.register(List.of(), true);
            paused.register(List.of(), true);
            return;
        }
        outboxWaiting = counted.outboxWaiting();
        outboxOldest = counted.outboxOldestSeconds() == null ? 0 : counted.outboxOldestSeconds();
        outboxBlocked = counted.outboxBlocked();
        deadLetters = counted.deadLetters();
        List<Tags> lines = new ArrayList<>();
        List<Row<?>> counts = new ArrayList<>();
        List<Row<?>> ages = new ArrayList<>();
        for (Backlog.Work line : counted.work()) {
            Tags tags = Tags.of("work_class", line.workClass(), "lane", line.lane(), "state", line.state());
            lines.add(tags);
            counts.add(Row.of(tags, line.count()));
            ages.add(Row.of(tags, line.oldestSeconds()));
        }
        work.register(counts, true);
        workOldest.register(ages, true);
        lastWork = lines;
        paused.register(
                counted.pauses().stream()
                        .<Row<?>>map(pause -> Row.of(Tags.of("work_class", pause.workClass()), 1))
                        .toList(),
                true);
        deferred.register(
                counted.deferred().stream()
                        .<Row<?>>map(line -> Row.of(Tags.of("topic", line.topic()), line.count()))
                        .toList(),
                true);
    }
}
