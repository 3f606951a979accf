package io.sluice.gateway.stream;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/** One client's place in the stream: what waits for it, and how far it has been told. Safe for all threads. */
final class StreamClient {

    private static final StreamedEvent END = new StreamedEvent(-1, "", "");

    private final @Nullable String subject;
    private final Runnable disconnect;
    private final BlockingQueue<StreamedEvent> waiting;
    private volatile long told;
    private volatile boolean ended;
    private volatile boolean cutOff;

    /**
     * @param subject what it wants to hear of; null for everything
     * @param disconnect ends its connection at once, even while something is being written to it
     */
    StreamClient(@Nullable String subject, int queue, Runnable disconnect) {
        this.subject = subject;
        this.disconnect = disconnect;
        this.waiting = new ArrayBlockingQueue<>(queue);
    }

    /** The offset up to which everything that it wants was put into its queue, or was none of its. */
    long told() {
        return told;
    }

    void startAfter(long offset) {
        told = offset;
    }

    /** Called in the order of offsets. What it was told before is left out; without room it is cut off. */
    void offer(StreamedEvent event) {
        if (ended || event.offset() <= told) {
            return;
        }
        if (wants(event) && !waiting.offer(event)) {
            cutOff = true;
            end();
            disconnect.run();
            return;
        }
        told = event.offset();
    }

    boolean wants(StreamedEvent event) {
        return subject == null || subject.equals(event.subject());
    }

    /** The next event, null when none came in time or it has ended. */
    @Nullable
    StreamedEvent next(Duration atMost) throws InterruptedException {
        StreamedEvent event = waiting.poll(atMost.toMillis(), TimeUnit.MILLISECONDS);
        return event == END ? null : event;
    }

    boolean isIdle() {
        return waiting.isEmpty();
    }

    /** Whoever waits for its next event goes on at once. */
    void end() {
        ended = true;
        // When there is no room, nobody waits.
        waiting.offer(END);
    }

    boolean hasEnded() {
        return ended;
    }

    boolean wasCutOff() {
        return cutOff;
    }
}
