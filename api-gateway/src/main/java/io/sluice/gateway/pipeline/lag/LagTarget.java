package io.sluice.gateway.pipeline.lag;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.sluice.contract.Topic;
import io.sluice.contract.Topics;

/**
 * Somebody who follows a topic.
 *
 * @param group consumer group, or the reader's name when it has none
 * @param service whose it is
 * @param workClass the class of work that the topic releases; null when it carries facts
 */
record LagTarget(
        Kind kind,
        String group,
        String service,
        String topic,
        @Nullable String workClass) {

    enum Kind {
        FACTS,
        WORK,
        READER
    }

    /** Every group of the contract with its topic. */
    static List<LagTarget> groups() {
        List<LagTarget> targets = new ArrayList<>();
        for (Topic topic : Topics.all()) {
            String workClass = workClassOf(topic);
            for (String group : topic.groups()) {
                targets.add(new LagTarget(
                        workClass == null ? Kind.FACTS : Kind.WORK,
                        group,
                        group.substring(0, group.indexOf('.')),
                        topic.name(),
                        workClass));
            }
        }
        return targets;
    }

    static LagTarget of(GroupLessReader reader) {
        return new LagTarget(
                Kind.READER,
                reader.name(),
                reader.name().split("\\.", 2)[0],
                reader.topic().name(),
                null);
    }

    /** The class in {@code sluice.<owner>.work.<class>.v<n>}. */
    private static @Nullable String workClassOf(Topic topic) {
        String[] parts = topic.name().split("\\.");
        return parts.length == 5 && parts[2].equals("work") ? parts[3] : null;
    }
}
