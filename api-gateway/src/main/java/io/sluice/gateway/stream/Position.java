package io.sluice.gateway.stream;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How far a client was told: of every followed partition the offset that comes next, and a digest of the lag that it
 * knows. Its text is the id of events: the same on all gateways, so that any of them can go on from there. Immutable.
 */
final class Position {

    /** What an id may look like: one of this release, of another one, or the plain number of earlier ones. */
    static final String PATTERN = "^([0-9]{0,18}|[a-z][0-9a-f-]{0,400}(\\.[a-z][0-9a-f-]{0,400}){1,9})$";

    /** Of who was told nothing of the lag. */
    static final String NO_LAG = "";

    private static final Pattern DIGEST = Pattern.compile("([0-9a-f]{8})?");
    private static final Pattern OFFSET = Pattern.compile("[0-9]{1,18}");
    private static final char LAG = 'g';

    private final long[] next;
    private final String lag;

    private Position(long[] next, String lag) {
        this.next = next;
        this.lag = lag;
    }

    /** @param next the offset that comes next, by slot */
    static Position of(long[] next, String lag) {
        return new Position(next.clone(), lag);
    }

    /** What an id says; empty when it is none of this release, so that nobody knows what was told before it. */
    static Optional<Position> parse(String id) {
        String[] parts = id.split("\\.", -1);
        FollowedTopic[] topics = FollowedTopic.values();
        if (parts.length != topics.length + 1) {
            return Optional.empty();
        }
        long[] next = new long[FollowedTopic.slots()];
        for (FollowedTopic topic : topics) {
            String part = parts[topic.ordinal()];
            if (part.isEmpty() || part.charAt(0) != topic.letter() || !readOffsets(part.substring(1), topic, next)) {
                return Optional.empty();
            }
        }
        String lag = parts[topics.length];
        return !lag.isEmpty()
                        && lag.charAt(0) == LAG
                        && DIGEST.matcher(lag.substring(1)).matches()
                ? Optional.of(new Position(next, lag.substring(1)))
                : Optional.empty();
    }

    private static boolean readOffsets(String text, FollowedTopic topic, long[] next) {
        String[] offsets = text.split("-", -1);
        if (offsets.length != topic.partitions()) {
            return false;
        }
        for (int partition = 0; partition < offsets.length; partition++) {
            if (!OFFSET.matcher(offsets[partition]).matches()) {
                return false;
            }
            next[topic.slotOf(partition)] = Long.parseLong(offsets[partition]);
        }
        return true;
    }

    /** The offset that comes next there; all before it were told, or are none of the client's. */
    long next(int slot) {
        return next[slot];
    }

    String lag() {
        return lag;
    }

    Position withNext(int slot, long offset) {
        long[] later = next.clone();
        later[slot] = offset;
        return new Position(later, lag);
    }

    Position withAll(long[] offsets) {
        return of(offsets, lag);
    }

    Position withLag(String digest) {
        return new Position(next, digest);
    }

    long[] offsets() {
        return next.clone();
    }

    /** The id of an event: ASCII letters, digits, dots and dashes. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(128);
        for (FollowedTopic topic : FollowedTopic.values()) {
            text.append(topic.letter());
            for (int partition = 0; partition < topic.partitions(); partition++) {
                text.append(partition == 0 ? "" : "-").append(next[topic.slotOf(partition)]);
            }
            text.append('.');
        }
        return text.append(LAG).append(lag).toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Position that && Arrays.equals(next, that.next) && lag.equals(that.lag);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(next) + lag.hashCode();
    }
}
