package io.sluice.gateway.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

import org.junit.jupiter.api.Test;

class LoginLimitTest {

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final LoginLimit limit = new LoginLimit(3, new TestClock());

    private final class TestClock extends Clock {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    @Test
    void threeFailuresAMinuteAreAllowed() {
        for (int i = 0; i < 3; i++) {
            assertThat(limit.allows("a")).isTrue();
            limit.failed("a");
        }
        assertThat(limit.allows("a")).isFalse();
        assertThat(limit.allows("b")).isTrue();
        now = now.plusSeconds(59);
        assertThat(limit.allows("a")).isFalse();
        now = now.plusSeconds(1);
        assertThat(limit.allows("a")).isTrue();
    }

    @Test
    void aSuccessForgetsTheFailures() {
        limit.failed("a");
        limit.failed("a");
        limit.succeeded("a");
        limit.failed("a");
        assertThat(limit.allows("a")).isTrue();
    }

    @Test
    void manyAddressesDoNotGrowItForEver() {
        for (int i = 0; i < 3; i++) {
            limit.failed("first");
        }
        for (int i = 0; i < 10_000; i++) {
            limit.failed("other " + i);
        }
        assertThat(limit.allows("first")).as("the oldest was forgotten").isTrue();
    }
}
