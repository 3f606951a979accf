package io.sluice.media;

import java.time.Duration;
import java.util.concurrent.Callable;

import org.awaitility.Awaitility;

/** Waits for what must become true. */
public final class Awaits {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private Awaits() {}

    public static void until(Callable<Boolean> condition) {
        Awaitility.await().atMost(LIMIT).pollInterval(Duration.ofMillis(100)).until(condition);
    }
}
