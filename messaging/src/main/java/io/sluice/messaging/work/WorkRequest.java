package io.sluice.messaging.work;

import java.time.Duration;

/**
 * Something to be done.
 *
 * @param workClass name of a {@link WorkClass}
 * @param key the thing's own key, also the key of the Kafka record; text of at most 190 ASCII characters
 * @param priority lower first, 50 unless there is a reason
 * @param delay not released before this much from now; zero for at once
 * @param turn whose turn it uses up (a library, a job): kept with the row, for fairness between them; may be empty
 */
public record WorkRequest(String workClass, String key, Lane lane, int priority, Duration delay, String turn) {

    public static final int DEFAULT_PRIORITY = 50;

    public static WorkRequest of(String workClass, String key, Lane lane) {
        return new WorkRequest(workClass, key, lane, DEFAULT_PRIORITY, Duration.ZERO, "");
    }

    public WorkRequest in(Duration delay) {
        return new WorkRequest(workClass, key, lane, priority, delay, turn);
    }

    public WorkRequest turnOf(String turn) {
        return new WorkRequest(workClass, key, lane, priority, delay, turn);
    }
}
