package io.sluice.gateway.stream;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import jakarta.enterprise.context.ApplicationScoped;

/** The newest events, and the clients that follow them. Safe for all threads; no call waits for a client. */
@ApplicationScoped
class LedgerTail {

    /** What a client resumes after, seen from here. */
    enum Place {
        /** All that came since is here: it follows from now on. */
        ATTACHED,
        /** Some of what came since is no longer here; the topic may still have it. */
        BEFORE,
        /** Later than anything that was read here. */
        AHEAD
    }

    private static final long UNKNOWN = -1;

    private final Deque<StreamedEvent> newest = new ArrayDeque<>();
    private final Set<StreamClient> clients = new HashSet<>();
    private final int kept;
    /** From this offset on every event is in {@link #newest}. */
    private long from = UNKNOWN;
    /** The offset that is read next. */
    private long next = UNKNOWN;

    LedgerTail(EventsConfig config) {
        // What is kept must fit into an empty queue, or nobody could be attached.
        this.kept = Math.max(1, config.queue() / 2);
    }

    synchronized boolean isReady() {
        return next != UNKNOWN;
    }

    synchronized int count() {
        return clients.size();
    }

    /** Reading begins at this offset, or goes on there after events were lost; then clients must resume. */
    synchronized void begin(long offset) {
        if (offset == next) {
            return;
        }
        endAll();
        newest.clear();
        from = offset;
        next = offset;
    }

    /** Called in the order of offsets. */
    synchronized void apply(StreamedEvent event) {
        newest.addLast(event);
        if (newest.size() > kept) {
            from = newest.removeFirst().offset() + 1;
        }
        next = event.offset() + 1;
        List.copyOf(clients).forEach(client -> client.offer(event));
    }

    /** Everything before this offset was read, also what is no event. */
    synchronized void passed(long offset) {
        next = Math.max(next, offset);
    }

    /** Lets it follow from the end as it is now. */
    synchronized void attachAtEnd(StreamClient client) {
        client.startAfter(next - 1);
        clients.add(client);
    }

    /** Lets it follow after an offset, if all that came since is still here. */
    synchronized Place attachAfter(StreamClient client, long offset) {
        if (offset >= next) {
            return Place.AHEAD;
        }
        if (offset + 1 < from) {
            return Place.BEFORE;
        }
        attachAnywhere(client, offset);
        return Place.ATTACHED;
    }

    /** As {@link #attachAfter}, for an offset that another gateway was the first to read. */
    synchronized void attachAnywhere(StreamClient client, long offset) {
        client.startAfter(offset);
        clients.add(client);
        newest.forEach(client::offer);
    }

    synchronized void leave(StreamClient client) {
        clients.remove(client);
    }

    synchronized void endAll() {
        clients.forEach(StreamClient::end);
    }
}
