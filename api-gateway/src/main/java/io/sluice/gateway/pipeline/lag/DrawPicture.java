package io.sluice.gateway.pipeline.lag;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.sluice.contract.ErrorCode;
import io.sluice.gateway.pipeline.lag.LagPicture.Line;

/** Puts together what broker and services said, and what was measured before. Used by the loop's thread alone. */
final class DrawPicture {

    private final LagConfig config;
    private final JudgeLag judge;
    private final Map<LagTarget, LagHistory> histories = new HashMap<>();

    DrawPicture(LagConfig config) {
        this.config = config;
        this.judge = new JudgeLag(config.onItsWay(), config.stuckAfter());
    }

    /** @param told by service; one that is missing was not asked */
    LagPicture draw(Instant at, Map<LagTarget, Measured> measured, Map<String, Told> told) {
        return new LagPicture(
                at,
                measured.entrySet().stream()
                        .map(entry -> line(
                                at,
                                entry.getKey(),
                                entry.getValue(),
                                told.get(entry.getKey().service())))
                        .toList());
    }

    private Line line(Instant at, LagTarget target, Measured measured, @Nullable Told told) {
        LagHistory history = histories.computeIfAbsent(target, anew -> new LagHistory());
        Evidence.Work work = target.workClass() == null || told == null
                ? null
                : new Evidence.Work(
                        target.workClass(),
                        told.rows(target.workClass(), at),
                        told.silence(),
                        told.pause(target.workClass()),
                        config.runningTooLong(target.workClass()));
        Measured.Known known = measured instanceof Measured.Known there ? there : null;
        Long waiting = target.kind() == LagTarget.Kind.WORK ? rows(work) : known == null ? null : known.messages();
        Instant oldestAt =
                target.kind() == LagTarget.Kind.WORK ? oldestRow(at, work) : known == null ? null : known.oldestAt();
        Double rate = null;
        Duration still = Duration.ZERO;
        if (known == null || waiting == null) {
            history.forget();
        } else {
            rate = history.rate(at, waiting);
            still = history.still(at, known.partitions());
        }
        LagState state = judge.judge(new Evidence(
                target.group(),
                target.service(),
                measured instanceof Measured.Unknown(String reason) ? reason : null,
                known == null ? 0 : known.members(),
                waiting,
                oldestAt == null ? null : Duration.between(oldestAt, at),
                still,
                rate,
                told == null ? null : told.deferred(target.topic(), at),
                trouble(known, told),
                work));
        boolean estimated = target.kind() != LagTarget.Kind.WORK && known != null && known.estimated();
        return new Line(target, state, history.since(at, state), measured, waiting, estimated, oldestAt, rate, work);
    }

    private static Told.@Nullable Trouble trouble(Measured.@Nullable Known known, @Nullable Told told) {
        if (known != null && known.waitsFor() != null) {
            return new Told.Trouble(ErrorCode.SERVICE_UNAVAILABLE, known.waitsFor());
        }
        return told == null ? null : told.trouble();
    }

    /** Each waiting thing once: a row that is released is the same as its message on the topic. */
    private static @Nullable Long rows(Evidence.@Nullable Work work) {
        List<Told.Rows> rows = work == null ? null : work.rows();
        return rows == null
                ? null
                : rows.stream()
                        .filter(Told.Rows::waits)
                        .mapToLong(Told.Rows::count)
                        .sum();
    }

    private static @Nullable Instant oldestRow(Instant at, Evidence.@Nullable Work work) {
        List<Told.Rows> rows = work == null ? null : work.rows();
        return rows == null
                ? null
                : rows.stream()
                        .filter(Told.Rows::waits)
                        .map(Told.Rows::oldestSeconds)
                        .max(Double::compare)
                        .map(seconds -> at.minusMillis(Math.round(seconds * 1000)))
                        .orElse(null);
    }
}
