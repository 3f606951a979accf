package io.sluice.scanner.walk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;

class StabilityGateTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private final StabilityGate gate = new StabilityGate(Duration.ofSeconds(5));

    @Test
    void a_file_is_stable_when_it_is_five_seconds_old() {
        assertThat(gate.passes(written(5000), NOW)).isTrue();
        assertThat(gate.passes(written(4999), NOW)).isFalse();
    }

    @Test
    void an_old_modification_time_does_not_hide_that_it_was_just_copied() {
        FileStat copied = new FileStat(1, 0, nanos(NOW.minusMillis(100)), 0, 1);

        assertThat(gate.passes(copied, NOW)).isFalse();
    }

    @Test
    void a_time_in_the_future_is_stable_once_it_stood_for_five_seconds() {
        FileStat future = written(-3_600_000);

        assertThat(gate.passes(future, NOW)).isFalse();
        assertThat(gate.passes(future, NOW, future, NOW.minusSeconds(5))).isTrue();
        assertThat(gate.passes(future, NOW, future, NOW.minusSeconds(4))).isFalse();
        assertThat(gate.passes(future, NOW, written(-3_599_999), NOW.minusSeconds(60)))
                .isFalse();
    }

    private static FileStat written(long millisAgo) {
        long ns = nanos(NOW.minusMillis(millisAgo));
        return new FileStat(1, ns, ns, 0, 1);
    }

    private static long nanos(Instant instant) {
        return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
    }
}
