package io.sluice.gateway.pipeline.lag;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.sluice.gateway.pipeline.lag.LagPicture.Line;

/**
 * The numbers of {@code GET /pipeline/lag} as meters: what is not known says NaN, never 0. Every gateway measures all groups,
 * so take the maximum over the gateways; a reader without a group is each gateway's own, or the instance of search that it asks.
 */
@ApplicationScoped
class LagMetrics {

    private final LagBoard board;
    private final MultiGauge messages;
    private final MultiGauge seconds;
    private final MultiGauge rate;
    private final MultiGauge state;
    private final MultiGauge partitionMessages;
    private final MultiGauge partitionSeconds;

    LagMetrics(MeterRegistry registry, LagBoard board) {
        this.board = board;
        this.messages = MultiGauge.builder("sluice.lag.messages")
                .description("Messages that wait for a group, or rows and messages of a class")
                .register(registry);
        this.seconds = MultiGauge.builder("sluice.lag.seconds")
                .description("Age of the oldest of them")
                .register(registry);
        this.rate = MultiGauge.builder("sluice.lag.rate")
                .description("By how many fewer wait each second")
                .register(registry);
        this.state = MultiGauge.builder("sluice.lag.state")
                .description("1 for the state that a group or class is in")
                .register(registry);
        this.partitionMessages =
                MultiGauge.builder("sluice.lag.partition.messages").register(registry);
        this.partitionSeconds =
                MultiGauge.builder("sluice.lag.partition.seconds").register(registry);
    }

    /** Makes meters of the lines of this picture; their values are those of the board when they are read. */
    void show(LagPicture picture) {
        List<Row<?>> counts = new ArrayList<>();
        List<Row<?>> ages = new ArrayList<>();
        List<Row<?>> rates = new ArrayList<>();
        List<Row<?>> states = new ArrayList<>();
        List<Row<?>> partitionCounts = new ArrayList<>();
        List<Row<?>> partitionAges = new ArrayList<>();
        for (Line line : picture.lines()) {
            Tags tags = Tags.of(
                    "group", line.target().group(), "topic", line.target().topic());
            counts.add(Row.of(tags, line, shown -> fresh() && shown.waiting() != null ? shown.waiting() : Double.NaN));
            ages.add(Row.of(tags, line, shown -> fresh() && shown.waiting() != null ? age(shown) : Double.NaN));
            rates.add(Row.of(tags, line, shown -> fresh() && shown.rate() != null ? shown.rate() : Double.NaN));
            states.add(Row.of(tags.and("state", line.state().word()), line, shown -> fresh() ? 1 : Double.NaN));
            if (line.measured() instanceof Measured.Known(int members, List<PartitionLag> partitions, var waitsFor)) {
                for (PartitionLag partition : partitions) {
                    Tags each = tags.and("partition", Integer.toString(partition.partition()));
                    partitionCounts.add(Row.of(each, partition, one -> fresh() ? one.messages() : Double.NaN));
                    partitionAges.add(Row.of(each, partition, one -> fresh() ? age(one) : Double.NaN));
                }
            }
        }
        messages.register(counts, true);
        seconds.register(ages, true);
        rate.register(rates, true);
        state.register(states, true);
        partitionMessages.register(partitionCounts, true);
        partitionSeconds.register(partitionAges, true);
    }

    private boolean fresh() {
        return board.isFresh();
    }

    private static double age(Line line) {
        return line.waiting() != null && line.waiting() == 0 ? 0 : age(line.oldestAt());
    }

    private static double age(PartitionLag partition) {
        return partition.messages() == 0 ? 0 : age(partition.oldestAt());
    }

    private static double age(@Nullable Instant oldestAt) {
        return oldestAt == null
                ? Double.NaN
                : Math.max(0, Duration.between(oldestAt, Instant.now()).toMillis() / 1000.0);
    }
}
