package io.sluice.gateway.stream;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

import org.jspecify.annotations.Nullable;

/** One client's place in the stream: what waits for it, and how far it was told. Safe for all threads. */
final class StreamClient {

    private final Wanted wanted;
    private final int room;
    private final Runnable disconnect;
    private final Deque<StreamedEvent> waiting = new ArrayDeque<>();
    /** By slot: everything before it that the client wants was put into the queue. */
    private final long[] queued = new long[FollowedTopic.slots()];
    /** What was taken out of the queue, or is none of the client's. */
    private Position told = Position.of(queued, Position.NO_LAG);

    private @Nullable KnownLag lag;
    private boolean ended;
    private boolean cutOff;

    /**
     * What is to be written next.
     *
     * @param at how far the client is told with it
     */
    record Telling(EventType type, String json, Position at) {}

    /** @param disconnect ends its connection at once, even while something is being written to it */
    StreamClient(Wanted wanted, int room, Runnable disconnect) {
        this.wanted = wanted;
        this.room = room;
        this.disconnect = disconnect;
    }

    synchronized void startAt(Position at) {
        System.arraycopy(at.offsets(), 0, queued, 0, queued.length);
        told = at;
    }

    /** Called in the order of each partition. What it was told before is left out; without room it is cut off. */
    synchronized void offer(StreamedEvent event) {
        if (ended || event.offset() < queued[event.slot()]) {
            return;
        }
        if (wants(event)) {
            if (waiting.size() >= room) {
                cutOff = true;
                end();
                disconnect.run();
                return;
            }
            waiting.addLast(event);
            notifyAll();
        }
        queued[event.slot()] = event.offset() + 1;
    }

    /** Everything before this offset was offered, or is no event. */
    synchronized void passed(int slot, long offset) {
        if (!ended) {
            queued[slot] = Math.max(queued[slot], offset);
        }
    }

    /** How it is now: only the newest is worth telling. */
    synchronized void offer(KnownLag now) {
        lag = now;
        notifyAll();
    }

    boolean wants(StreamedEvent event) {
        return wanted.has(event);
    }

    /** What is to be told next, null when nothing came in time or it has ended. */
    synchronized @Nullable Telling next(Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (isIdle() && !ended) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                break;
            }
            NANOSECONDS.timedWait(this, left);
        }
        KnownLag now = lagThatIsNews();
        if (now != null) {
            told = told.withLag(now.digest());
            return new Telling(EventType.LAG, now.json(), told);
        }
        StreamedEvent event = waiting.poll();
        if (event != null && !waiting.isEmpty()) {
            told = told.withNext(event.slot(), event.offset() + 1);
        } else {
            told = told.withAll(queued);
        }
        return event == null ? null : new Telling(event.type(), event.json(), told);
    }

    /** How far it is told by what {@link #next} has given. */
    synchronized Position told() {
        return told;
    }

    /** Whether nothing is to be told at the moment. */
    synchronized boolean isIdle() {
        return waiting.isEmpty() && lagThatIsNews() == null;
    }

    private @Nullable KnownLag lagThatIsNews() {
        KnownLag now = lag;
        return now != null && wanted.hasLag() && !now.digest().equals(told.lag()) ? now : null;
    }

    /** Whoever waits for its next event goes on at once. */
    synchronized void end() {
        ended = true;
        notifyAll();
    }

    synchronized boolean hasEnded() {
        return ended;
    }

    synchronized boolean wasCutOff() {
        return cutOff;
    }
}
