package io.sluice.gateway.pipeline.lag;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonIgnore;

import io.sluice.contract.messaging.v1.WorkPause;
import io.sluice.gateway.command.Tagged;
import io.sluice.gateway.pipeline.lag.LagPicture.Line;
import io.sluice.gateway.web.Wire;

/**
 * All lag there is.
 *
 * @param measuredAt when; seconds are counted up to now
 */
public record LagRepresentation(Instant measuredAt, List<GroupLag> groups) {

    /**
     * One consumer group, class of work or reader without a group on one topic.
     *
     * @param kind facts, work (a class: rows and messages are one number) or reader (without a group; this gateway's own, or the instance of search that it asks)
     * @param members of the group now; null when not known
     * @param messages that wait, without the markers of transactions; of a class its waiting, deferred and released rows,
     *     each once; null when not known
     * @param estimated whether messages comes from a sample: too many wait to be counted
     * @param seconds age of the oldest that waits, of a class since it came into its present state; 0 when nothing waits,
     *     null when not known
     * @param ratePerSecond by how many fewer wait each second, over half a minute; negative when more do; null when not
     *     known
     * @param emptyInSeconds at this rate; null when it does not get less
     * @param state ok, catching_up, paused, stuck, no_consumer, dependency_down or unknown
     * @param reason why it is in this state
     * @param cure what to do; empty when there is nothing to do
     * @param since since when it is in this state, as far as this gateway knows
     * @param topicMessages of a class, what of it lies on the topic; otherwise as messages
     * @param partitions null when not known
     */
    public record GroupLag(
            @Schema(examples = "media.work.image") String group,
            @Schema(examples = "media") String service,
            @Schema(examples = "work") String kind,
            @Schema(examples = "sluice.media.work.image.v1") String topic,
            @Nullable Integer members,
            @Nullable Long messages,
            boolean estimated,
            @Nullable Double seconds,
            @Nullable Double ratePerSecond,
            @Nullable Double emptyInSeconds,

            @Schema(enumeration = {"ok", "catching_up", "paused", "stuck", "no_consumer", "dependency_down", "unknown"})
            String state,

            String reason,
            String cure,
            Instant since,
            @Nullable Long topicMessages,
            @Nullable List<PartitionEntry> partitions,
            @Nullable ClassWork work) {}

    /**
     * One partition.
     *
     * @param next offset of the record that is read next
     * @param end the last stable offset; end - next also counts markers and what compaction took
     * @param seconds age of the oldest that waits; null when it could not be looked at in time
     * @param state as of the group when something waits here, else ok
     */
    public record PartitionEntry(
            int partition,
            long next,
            long end,
            long messages,
            boolean estimated,
            @Nullable Double seconds,
            String state) {}

    /**
     * The rows of a class.
     *
     * @param waiting not released yet
     * @param deferred not due yet, after a failure or by intent
     * @param released on the topic or on its way there
     * @param lanes what waits by lane
     * @param pause null when it is not paused
     */
    public record ClassWork(
            @Schema(examples = "image") String workClass,
            @Nullable Long waiting,
            @Nullable Long deferred,
            @Nullable Long released,
            @Nullable Long running,
            @Nullable List<LaneEntry> lanes,
            @Nullable PauseRepresentation pause) {}

    /** What waits in one lane, in all states together. */
    public record LaneEntry(@Schema(examples = "fresh") String lane, long messages, double seconds) {}

    /** Who paused a class, when and why. */
    public record PauseRepresentation(
            @Schema(examples = "media") String service,
            @Schema(examples = "image") String workClass,
            boolean paused,
            @Nullable String reason,
            @Nullable String pausedBy,
            @Nullable Instant pausedAt)
            implements Tagged {

        /** The time of the pause in microseconds, as its owner keeps it. */
        @Override
        @JsonIgnore
        public long version() {
            return pausedAt == null ? 0 : ChronoUnit.MICROS.between(Instant.EPOCH, pausedAt);
        }

        static PauseRepresentation of(String service, WorkPause pause) {
            return new PauseRepresentation(
                    service,
                    pause.getWorkClass(),
                    true,
                    pause.getReason(),
                    pause.getPausedBy(),
                    Wire.instantOrNull(pause.hasPausedAt(), pause.getPausedAt()));
        }

        static PauseRepresentation none(String service, String workClass) {
            return new PauseRepresentation(service, workClass, false, null, null, null);
        }
    }

    static LagRepresentation of(LagPicture picture, Instant now) {
        return new LagRepresentation(
                picture.measuredAt(),
                picture.lines().stream()
                        .map(line -> group(line, picture.measuredAt(), now))
                        .sorted(Comparator.comparing(GroupLag::group).thenComparing(GroupLag::topic))
                        .toList());
    }

    private static GroupLag group(Line line, Instant measuredAt, Instant now) {
        Measured.Known known = line.measured() instanceof Measured.Known there ? there : null;
        return new GroupLag(
                line.target().group(),
                line.target().service(),
                line.target().kind().name().toLowerCase(Locale.ROOT),
                line.target().topic(),
                known == null ? null : known.members(),
                line.waiting(),
                line.estimated(),
                line.waiting() == null ? null : age(line.waiting(), line.oldestAt(), now),
                line.rate(),
                line.emptyInSeconds(),
                line.state().word(),
                line.state().reason(),
                line.state().cure(),
                line.since(),
                known == null ? null : known.messages(),
                known == null
                        ? null
                        : known.partitions().stream()
                                .map(partition -> partition(partition, line.state(), now))
                                .toList(),
                work(line, Duration.between(measuredAt, now)));
    }

    private static PartitionEntry partition(PartitionLag partition, LagState state, Instant now) {
        return new PartitionEntry(
                partition.partition(),
                partition.next(),
                partition.end(),
                partition.messages(),
                partition.estimated(),
                age(partition.messages(), partition.oldestAt(), now),
                partition.messages() == 0 ? "ok" : state.word());
    }

    private static @Nullable ClassWork work(Line line, Duration since) {
        Evidence.Work work = line.work();
        if (work == null) {
            return null;
        }
        boolean known = work.rows() != null;
        WorkPause pause = work.pause();
        return new ClassWork(
                work.workClass(),
                known ? work.count("waiting") : null,
                known ? work.count("deferred") : null,
                known ? work.count("released") : null,
                known ? work.count("running") : null,
                lanes(work.rows(), since),
                pause == null ? null : PauseRepresentation.of(line.target().service(), pause));
    }

    private static @Nullable List<LaneEntry> lanes(@Nullable List<Told.Rows> rows, Duration since) {
        if (rows == null) {
            return null;
        }
        List<LaneEntry> lanes = new ArrayList<>();
        for (String lane : List.of("interactive", "fresh", "backlog")) {
            List<Told.Rows> its = rows.stream()
                    .filter(line -> line.waits() && line.lane().equals(lane))
                    .toList();
            if (!its.isEmpty()) {
                lanes.add(new LaneEntry(
                        lane,
                        its.stream().mapToLong(Told.Rows::count).sum(),
                        its.stream().mapToDouble(Told.Rows::oldestSeconds).max().orElse(0)
                                + since.toMillis() / 1000.0));
            }
        }
        return lanes;
    }

    private static @Nullable Double age(long waiting, @Nullable Instant oldestAt, Instant now) {
        if (waiting == 0) {
            return 0.0;
        }
        return oldestAt == null
                ? null
                : Math.max(0, Duration.between(oldestAt, now).toMillis() / 1000.0);
    }
}
