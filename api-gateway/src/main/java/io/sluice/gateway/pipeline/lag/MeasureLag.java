package io.sluice.gateway.pipeline.lag;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.gateway.pipeline.lag.BrokerOffsets.Bounds;
import io.sluice.gateway.pipeline.lag.BrokerOffsets.GroupPlace;
import io.sluice.gateway.pipeline.lag.CountWaiting.Stretch;
import io.sluice.gateway.pipeline.lag.CountWaiting.Waiting;
import io.sluice.gateway.pipeline.lag.GroupLessReader.Place;

/** One measurement of every group and reader at the broker. What fails for one of them is unknown for that one. */
final class MeasureLag {

    /** A reader that has not looked for more for so long does not read. */
    private static final Duration READS = Duration.ofSeconds(15);

    private final BrokerOffsets offsets;
    private final CountWaiting counting;
    private final Duration countFor;

    MeasureLag(BrokerOffsets offsets, CountWaiting counting, Duration countFor) {
        this.offsets = offsets;
        this.counting = counting;
        this.countFor = countFor;
    }

    /** @param readers by their target */
    Map<LagTarget, Measured> measure(List<LagTarget> groups, Map<LagTarget, GroupLessReader> readers) {
        // Places first: what is committed or read afterwards can only make the end look farther, never the lag
        // negative.
        Map<LagTarget, Outcome<GroupPlace>> places = new LinkedHashMap<>();
        Map<String, Outcome<GroupPlace>> told =
                offsets.groups(groups.stream().map(LagTarget::group).collect(Collectors.toSet()));
        groups.forEach(
                target -> places.put(target, told.getOrDefault(target.group(), new Outcome.Failed<>("Not asked"))));
        Map<LagTarget, Place> said = new LinkedHashMap<>();
        readers.forEach((target, reader) -> said.put(target, reader.place()));
        Map<LagTarget, Measured> measured = new LinkedHashMap<>();
        said.forEach((target, place) -> {
            if (place instanceof Place.Gone) {
                measured.put(target, new Measured.Gone());
            } else {
                places.put(target, placeOf(target, place));
            }
        });
        Map<String, Outcome<Map<TopicPartition, Bounds>>> bounds =
                offsets.bounds(places.keySet().stream().map(LagTarget::topic).collect(Collectors.toSet()));

        Map<LagTarget, Outcome<Map<TopicPartition, Stretch>>> stretches = new LinkedHashMap<>();
        places.forEach((target, place) -> stretches.put(
                target,
                place.then(known -> known.committed()).then(committed -> stretches(committed, known(bounds, target)))));
        Map<LagTarget, Map<TopicPartition, Waiting>> counted = count(stretches);

        stretches.forEach((target, outcome) -> measured.put(
                target,
                switch (outcome) {
                    case Outcome.Failed<Map<TopicPartition, Stretch>>(String reason) -> new Measured.Unknown(reason);
                    case Outcome.Known<Map<TopicPartition, Stretch>>(Map<TopicPartition, Stretch> known) ->
                        new Measured.Known(
                                members(places.get(target)),
                                partitions(known, counted.getOrDefault(target, Map.of())),
                                said.get(target) instanceof Place.Waiting(var next, String reason) ? reason : null);
                }));
        return measured;
    }

    private static Map<TopicPartition, Bounds> known(
            Map<String, Outcome<Map<TopicPartition, Bounds>>> bounds, LagTarget target) {
        return switch (bounds.get(target.topic())) {
            case Outcome.Known<Map<TopicPartition, Bounds>>(Map<TopicPartition, Bounds> known) -> known;
            case Outcome.Failed<Map<TopicPartition, Bounds>>(String reason) ->
                throw new CodedException(ErrorCode.BROKER_UNAVAILABLE, target.topic() + ": " + reason);
            case null -> throw new CodedException(ErrorCode.BROKER_UNAVAILABLE, target.topic() + ": not asked");
        };
    }

    private static Outcome<GroupPlace> placeOf(LagTarget target, Place place) {
        return switch (place) {
            case Place.Nowhere(String reason) -> new Outcome.Failed<>(reason);
            case Place.Gone() -> new Outcome.Failed<>("Nobody reads.");
            case Place.Waiting(Map<Integer, Long> next, String reason) ->
                new Outcome.Known<>(new GroupPlace(1, offsets(target, next)));
            case Place.At(Map<Integer, Long> next, Instant lastRound) ->
                new Outcome.Known<>(
                        new GroupPlace(lastRound.isAfter(Instant.now().minus(READS)) ? 1 : 0, offsets(target, next)));
        };
    }

    private static Map<TopicPartition, Long> offsets(LagTarget target, Map<Integer, Long> next) {
        return next.entrySet().stream()
                .collect(Collectors.toMap(
                        entry -> new TopicPartition(target.topic(), entry.getKey()), Map.Entry::getValue));
    }

    /** What is left of each partition; nothing committed, or a place that the topic no longer has, means from its beginning. */
    private static Map<TopicPartition, Stretch> stretches(
            Map<TopicPartition, Long> committed, Map<TopicPartition, Bounds> bounds) {
        Map<TopicPartition, Stretch> stretches = new TreeMap<>(Comparator.comparingInt(TopicPartition::partition));
        bounds.forEach((partition, bound) -> {
            long next = committed.getOrDefault(partition, bound.beginning());
            long from = next < bound.beginning() || next > bound.end() ? bound.beginning() : next;
            stretches.put(partition, new Stretch(from, bound.end()));
        });
        return stretches;
    }

    /** Several groups may follow one topic from different places: a consumer reads each partition in one place at a time. */
    private Map<LagTarget, Map<TopicPartition, Waiting>> count(
            Map<LagTarget, Outcome<Map<TopicPartition, Stretch>>> stretches) {
        long deadline = System.nanoTime() + countFor.toNanos();
        Map<LagTarget, Map<TopicPartition, Stretch>> left = new LinkedHashMap<>();
        stretches.forEach((target, outcome) -> {
            if (outcome instanceof Outcome.Known<Map<TopicPartition, Stretch>>(Map<TopicPartition, Stretch> known)) {
                Map<TopicPartition, Stretch> waiting = known.entrySet().stream()
                        .filter(entry -> entry.getValue().length() > 0)
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
                if (!waiting.isEmpty()) {
                    left.put(target, waiting);
                }
            }
        });
        Map<LagTarget, Map<TopicPartition, Waiting>> counted = new HashMap<>();
        while (!left.isEmpty()) {
            Map<TopicPartition, Stretch> together = new HashMap<>();
            List<LagTarget> now = new ArrayList<>();
            left.forEach((target, waiting) -> {
                if (waiting.keySet().stream().noneMatch(together::containsKey)) {
                    together.putAll(waiting);
                    now.add(target);
                }
            });
            Map<TopicPartition, Waiting> all = counting.count(together, deadline);
            now.forEach(target -> {
                Map<TopicPartition, Stretch> its = left.remove(target);
                counted.put(
                        target,
                        all.entrySet().stream()
                                .filter(entry -> its != null && its.containsKey(entry.getKey()))
                                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
            });
        }
        return counted;
    }

    private static List<PartitionLag> partitions(
            Map<TopicPartition, Stretch> stretches, Map<TopicPartition, Waiting> counted) {
        return stretches.entrySet().stream()
                .map(entry -> {
                    Waiting waiting = counted.getOrDefault(entry.getKey(), new Waiting(0, false, null));
                    return new PartitionLag(
                            entry.getKey().partition(),
                            entry.getValue().from(),
                            entry.getValue().to(),
                            waiting.messages(),
                            waiting.estimated(),
                            waiting.oldestAt());
                })
                .toList();
    }

    private static int members(@Nullable Outcome<GroupPlace> place) {
        return place instanceof Outcome.Known<GroupPlace>(GroupPlace known) ? known.members() : 0;
    }
}
