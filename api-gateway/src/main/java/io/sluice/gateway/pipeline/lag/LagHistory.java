package io.sluice.gateway.pipeline.lag;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** What successive measurements of one target say together. Used by the loop's thread alone. */
final class LagHistory {

    /** Long enough that a batch more or less is no rate, short enough to see a change within a minute. */
    private static final Duration WINDOW = Duration.ofSeconds(30);

    private record Sample(Instant at, long waiting) {}

    private record Still(long next, Instant since) {}

    private final Deque<Sample> samples = new ArrayDeque<>();
    private final Map<Integer, Still> still = new HashMap<>();
    private @Nullable String state;
    private Instant since = Instant.EPOCH;

    /** By how many fewer wait each second over the last half minute; null before the second measurement. */
    @Nullable
    Double rate(Instant at, long waiting) {
        samples.addLast(new Sample(at, waiting));
        while (samples.size() > 2 && samples.getFirst().at().isBefore(at.minus(WINDOW))) {
            samples.removeFirst();
        }
        Sample first = samples.getFirst();
        double seconds = Duration.between(first.at(), at).toMillis() / 1000.0;
        return seconds <= 0 ? null : (first.waiting() - waiting) / seconds;
    }

    /**
     * For how long messages have waited without that any partition's place has moved; or for a third of the time that the
     * worst of them has stood while others moved, since a consumer takes them in turns.
     */
    Duration still(Instant at, Iterable<PartitionLag> partitions) {
        Duration least = null;
        Duration most = Duration.ZERO;
        for (PartitionLag partition : partitions) {
            Still known = still.get(partition.partition());
            if (partition.messages() == 0) {
                still.remove(partition.partition());
                continue;
            }
            if (known == null || known.next() != partition.next()) {
                known = new Still(partition.next(), at);
                still.put(partition.partition(), known);
            }
            Duration stands = Duration.between(known.since(), at);
            least = least == null || stands.compareTo(least) < 0 ? stands : least;
            most = stands.compareTo(most) > 0 ? stands : most;
        }
        Duration third = most.dividedBy(3);
        return least == null ? Duration.ZERO : least.compareTo(third) > 0 ? least : third;
    }

    /** Since when it has been in this state. */
    Instant since(Instant at, LagState now) {
        if (!now.word().equals(state)) {
            state = now.word();
            since = at;
        }
        return since;
    }

    /** A measurement is missing: what was before says nothing about what comes after. */
    void forget() {
        samples.clear();
        still.clear();
    }
}
