package io.sluice.ingest.handover;

import java.util.EnumMap;
import java.util.Map;

import io.sluice.contract.ingest.v1.DecisionTally;

/** How many items were decided how. */
public record Tally(Map<Decision, Long> counts) {

    public static final Tally NONE = new Tally(Map.of());

    public Tally {
        EnumMap<Decision, Long> copy = new EnumMap<>(Decision.class);
        copy.putAll(counts);
        counts = Map.copyOf(copy);
    }

    public long of(Decision decision) {
        return counts.getOrDefault(decision, 0L);
    }

    public long decided() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Of those that are in the library. */
    public long terminal() {
        return counts.entrySet().stream()
                .filter(entry -> entry.getKey().terminal())
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    public Tally plus(Tally other) {
        EnumMap<Decision, Long> sum = new EnumMap<>(Decision.class);
        sum.putAll(counts);
        other.counts.forEach((decision, count) -> sum.merge(decision, count, Long::sum));
        return new Tally(sum);
    }

    public DecisionTally told() {
        return DecisionTally.newBuilder()
                .setCreated(of(Decision.CREATED))
                .setLinked(of(Decision.LINKED))
                .setUpdated(of(Decision.UPDATED))
                .setSkipped(of(Decision.SKIPPED))
                .setDeferred(of(Decision.DEFERRED))
                .setFailed(of(Decision.FAILED))
                .build();
    }
}
