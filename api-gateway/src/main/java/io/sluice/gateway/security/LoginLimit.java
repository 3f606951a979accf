package io.sluice.gateway.security;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counts failed log-ins by address in the current minute; it forgets the oldest addresses rather than grow. */
final class LoginLimit {

    /** About a megabyte at most. */
    private static final int ADDRESSES = 10_000;

    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final int failures;
    private final Clock clock;
    private final Map<String, Window> windows = new LinkedHashMap<>();

    private record Window(long startedAt, int failed) {}

    LoginLimit(int failures, Clock clock) {
        this.failures = failures;
        this.clock = clock;
    }

    /** Whether this address may try. */
    synchronized boolean allows(String address) {
        Window window = windows.get(address);
        return window == null || ended(window) || window.failed() < failures;
    }

    synchronized void failed(String address) {
        Window window = windows.remove(address);
        windows.put(
                address,
                window == null || ended(window)
                        ? new Window(clock.millis(), 1)
                        : new Window(window.startedAt(), window.failed() + 1));
        if (windows.size() > ADDRESSES) {
            windows.remove(windows.keySet().iterator().next());
        }
    }

    synchronized void succeeded(String address) {
        windows.remove(address);
    }

    private boolean ended(Window window) {
        return clock.millis() - window.startedAt() >= WINDOW.toMillis();
    }
}
