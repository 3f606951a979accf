package io.sluice.gateway.stream;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;

/** The newest events of all followed partitions, as they came, and the clients that follow them. Safe for all threads; no call waits for a client. */
@ApplicationScoped
class EventTail {

    private static final long UNKNOWN = -1;

    private final Deque<StreamedEvent> newest = new ArrayDeque<>();
    private final Set<StreamClient> clients = new HashSet<>();
    private boolean closed;
    private final Set<StreamClient> attached = new HashSet<>();
    private final int kept;
    /** By slot: from this offset on every event is in {@link #newest}. */
    private final long[] from = new long[FollowedTopic.slots()];
    /** By slot: the offset that is read next. */
    private final long[] next = new long[FollowedTopic.slots()];

    private @Nullable KnownLag lag;

    EventTail(EventsConfig config) {
        // What is kept must fit into an empty queue, or nobody could be attached.
        this.kept = Math.max(1, config.queue() / 2);
        Arrays.fill(from, UNKNOWN);
        Arrays.fill(next, UNKNOWN);
    }

    /** Whether all partitions are followed. */
    synchronized boolean isReady() {
        return Arrays.stream(next).noneMatch(offset -> offset == UNKNOWN);
    }

    /** Clients that are here, also those that are still told the past. */
    synchronized int count() {
        return clients.size();
    }

    /** Reading begins at this offset, or goes on there after events were lost; then clients must resume. */
    synchronized void begin(int slot, long offset) {
        if (offset == next[slot]) {
            return;
        }
        endAll();
        newest.removeIf(event -> event.slot() == slot);
        from[slot] = offset;
        next[slot] = offset;
    }

    /** Called in the order of each partition. */
    synchronized void apply(StreamedEvent event) {
        newest.addLast(event);
        if (newest.size() > kept) {
            StreamedEvent oldest = newest.removeFirst();
            from[oldest.slot()] = oldest.offset() + 1;
        }
        next[event.slot()] = event.offset() + 1;
        List.copyOf(attached).forEach(client -> client.offer(event));
    }

    /** Everything before this offset was read, also what is no event. */
    synchronized void passed(int slot, long offset) {
        if (offset > next[slot]) {
            next[slot] = offset;
            attached.forEach(client -> client.passed(slot, offset));
        }
    }

    /** How the pipeline is now. */
    synchronized void show(KnownLag now) {
        KnownLag before = lag;
        lag = now;
        if (before == null || !before.digest().equals(now.digest())) {
            attached.forEach(client -> client.offer(now));
        }
    }

    synchronized void enter(StreamClient client) {
        clients.add(client);
        if (closed) {
            client.end();
        }
    }

    /** Lets it follow from the end as it is now. */
    synchronized void attachAtEnd(StreamClient client) {
        attach(client, Position.of(next, Position.NO_LAG));
    }

    /** Whether nothing of this position is later than what was read here. */
    synchronized boolean hasReached(Position at) {
        for (int slot = 0; slot < next.length; slot++) {
            if (at.next(slot) > next[slot]) {
                return false;
            }
        }
        return true;
    }

    /**
     * Lets it follow from there, also when another gateway was the first to read so far.
     *
     * @return false when some of what came since is no longer here; the topics may still have it
     */
    synchronized boolean attach(StreamClient client, Position at) {
        for (int slot = 0; slot < from.length; slot++) {
            if (at.next(slot) < from[slot]) {
                return false;
            }
        }
        client.startAt(at);
        newest.forEach(client::offer);
        for (int slot = 0; slot < next.length; slot++) {
            client.passed(slot, next[slot]);
        }
        if (lag != null) {
            client.offer(lag);
        }
        attached.add(client);
        return true;
    }

    synchronized void leave(StreamClient client) {
        clients.remove(client);
        attached.remove(client);
    }

    /** Ends all clients and whoever still comes. */
    synchronized void close() {
        closed = true;
        endAll();
    }

    synchronized void endAll() {
        clients.forEach(StreamClient::end);
    }
}
