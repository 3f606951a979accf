package io.sluice.gateway.pipeline.lag;

import java.time.Instant;
import java.util.Map;

import io.sluice.contract.Topic;

/** Somebody who follows a topic by itself, without a consumer group, and so must say itself how far it is. A bean. */
public interface GroupLessReader {

    /** {@code <service>.<noun>}, as groups are named. */
    String name();

    Topic topic();

    /** Where it stands now; called every few seconds, from any thread. */
    Place place();

    /** Where a reader stands. */
    sealed interface Place {

        /**
         * It reads.
         *
         * @param next offset of the record that it reads next, by partition
         * @param lastRound when it last looked for more
         */
        record At(Map<Integer, Long> next, Instant lastRound) implements Place {}

        /** It is there and takes nothing in until what it needs is back. */
        record Waiting(Map<Integer, Long> next, String reason) implements Place {}

        /** Its process is not there. */
        record Gone() implements Place {}

        /** It has not begun, or cannot say. */
        record Nowhere(String reason) implements Place {}
    }
}
