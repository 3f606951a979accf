package io.sluice.messaging;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What liveness watches: every loop tells that it goes round, also while it waits for something. */
public final class Progress {

    private final Map<String, Long> ticks = new ConcurrentHashMap<>();

    /** The loop of that name is alive now; from the first tick on it is watched. */
    public void tick(String loop) {
        ticks.put(loop, System.nanoTime());
    }

    /** The loop ended on purpose and is not watched any more. */
    public void ended(String loop) {
        ticks.remove(loop);
    }

    /** Loops that have not told anything for longer than this, sorted by name. */
    public List<String> silentFor(Duration limit) {
        long now = System.nanoTime();
        return ticks.entrySet().stream()
                .filter(loop -> now - loop.getValue() > limit.toNanos())
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }
}
