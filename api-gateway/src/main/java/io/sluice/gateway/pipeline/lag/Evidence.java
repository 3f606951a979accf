package io.sluice.gateway.pipeline.lag;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.sluice.contract.messaging.v1.WorkPause;

/**
 * All that a state is judged from.
 *
 * @param unmeasured why the broker's side is not known; null when it is
 * @param members of the group; 0 when unmeasured
 * @param waiting how many messages wait, or rows and messages of a class; null when not known
 * @param age of the oldest; null when nothing waits or it is not known
 * @param still how long the committed offset has not moved while messages waited; zero when it moves
 * @param rate by how many fewer wait each second; negative when more do; null when not known yet
 * @param deferred messages of the topic that failed; null when none
 * @param down what the owner says that it needs and does not have; null when nothing
 * @param work null when the topic carries facts
 */
record Evidence(
        String group,
        String service,
        @Nullable String unmeasured,
        int members,
        @Nullable Long waiting,
        @Nullable Duration age,
        Duration still,
        @Nullable Double rate,
        Told.@Nullable Deferred deferred,
        Told.@Nullable Trouble down,
        @Nullable Work work) {

    /**
     * What its owner says of a class.
     *
     * @param rows null when it says nothing
     * @param silence why it says nothing
     */
    record Work(
            String workClass,
            @Nullable List<Told.Rows> rows,
            @Nullable String silence,
            @Nullable WorkPause pause,
            Duration runningTooLong) {

        long count(String state) {
            return rows == null
                    ? 0
                    : rows.stream()
                            .filter(line -> line.is(state))
                            .mapToLong(Told.Rows::count)
                            .sum();
        }

        double oldestSeconds(String state) {
            return rows == null
                    ? 0
                    : rows.stream()
                            .filter(line -> line.is(state))
                            .mapToDouble(Told.Rows::oldestSeconds)
                            .max()
                            .orElse(0);
        }
    }
}
