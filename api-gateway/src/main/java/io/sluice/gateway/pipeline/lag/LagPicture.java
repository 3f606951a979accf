package io.sluice.gateway.pipeline.lag;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/** All lag there is, at one moment. */
record LagPicture(Instant measuredAt, List<Line> lines) {

    /**
     * One target.
     *
     * @param since since when it is in this state, as far as this process knows
     * @param waiting messages, or rows and messages of a class as one number; null when not known
     * @param oldestAt when the oldest of them began to wait; null when nothing waits or it is not known
     * @param rate by how many fewer wait each second; null when not known
     * @param work what its owner says; null for facts
     */
    record Line(
            LagTarget target,
            LagState state,
            Instant since,
            Measured measured,
            @Nullable Long waiting,
            boolean estimated,
            @Nullable Instant oldestAt,
            @Nullable Double rate,
            Evidence.@Nullable Work work) {

        static Line unknown(LagTarget target, Instant since, String reason) {
            return new Line(
                    target,
                    JudgeLag.unknown(reason),
                    since,
                    new Measured.Unknown(reason),
                    null,
                    false,
                    null,
                    null,
                    null);
        }

        /** Seconds until nothing waits at this rate; null when it does not get less. */
        @Nullable
        Double emptyInSeconds() {
            return rate == null || waiting == null || rate <= 0 ? null : waiting / rate;
        }
    }
}
