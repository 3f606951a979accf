package io.sluice.media;

import java.time.Duration;
import java.util.concurrent.Callable;

import org.awaitility.Awaitility;

/** Waits for what must become true. */
public final class Awaits {

    /** A transcode on a busy machine takes its time. */
    private static final Duration LIMIT = Duration.ofSeconds(120);

    private Awaits() {}

    public static void until(Callable<Boolean> condition) {
        Awaitility.await().atMost(LIMIT).pollInterval(Duration.ofMillis(100)).until(condition);
    }
}
