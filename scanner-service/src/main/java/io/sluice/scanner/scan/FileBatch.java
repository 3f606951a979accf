package io.sluice.scanner.scan;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.sluice.scanner.walk.SeenFile;

/** Seen files on their way to {@link LookAtFiles}: full by number, or by age so that a slow walk tells what it finds. */
final class FileBatch {

    private static final long MOST_WAIT_NS = Duration.ofSeconds(1).toNanos();

    private final List<SeenFile> files = new ArrayList<>();
    private Instant firstSeenAt = Instant.EPOCH;
    private long firstSeenNs;

    void add(SeenFile file) {
        if (files.isEmpty()) {
            firstSeenAt = Instant.now();
            firstSeenNs = System.nanoTime();
        }
        files.add(file);
    }

    /** Whether it is time to look at them. */
    boolean due() {
        return files.size() >= LookAtFiles.BATCH
                || (!files.isEmpty() && System.nanoTime() - firstSeenNs > MOST_WAIT_NS);
    }

    boolean isEmpty() {
        return files.isEmpty();
    }

    List<SeenFile> files() {
        return List.copyOf(files);
    }

    /** When the first of them was seen. */
    Instant seenAt() {
        return firstSeenAt;
    }

    void clear() {
        files.clear();
    }
}
