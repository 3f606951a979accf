package io.sluice.contract;

import java.util.List;

/**
 * A Kafka topic as this release fixes it. Configuration may set replication and retention only.
 *
 * @param name {@code sluice.<owner>.<noun>[.<class>].v<n>}
 * @param owner the only service that produces to it
 * @param key what its record key is, in words
 * @param partitions never changed once released; more means a new version
 * @param keep how long records stay
 * @param groups consumer groups that read it, {@code <service>} or {@code <service>.<noun>}
 * @param readers services that read it without a group, each for itself
 */
public record Topic(
        String name, String owner, String key, int partitions, Keep keep, List<String> groups, List<String> readers) {

    /** How long a topic keeps its records. */
    public enum Keep {
        /** The newest record of each key, for ever; tombstones for 30 days. */
        COMPACTED,
        /** A bounded window of released work; a day is ample. */
        WINDOW,
        /** By time: 90 days unless configured. */
        TIME
    }

    /** Whether a newer record of a key replaces the older ones. */
    public boolean compacted() {
        return keep == Keep.COMPACTED;
    }
}
