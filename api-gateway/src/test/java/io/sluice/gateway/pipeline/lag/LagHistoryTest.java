package io.sluice.gateway.pipeline.lag;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

/** Rates, standstills and beginnings of states from successive measurements. */
class LagHistoryTest {

    private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");

    private final LagHistory history = new LagHistory();

    @Test
    void theRateIsThatOfTheLastHalfMinute() {
        assertThat(history.rate(START, 1000)).isNull();
        assertThat(history.rate(at(5), 950)).isEqualTo(10.0);
        for (int second = 10; second <= 40; second += 5) {
            history.rate(at(second), 950 - 2 * (second - 5));
        }
        assertThat(history.rate(at(45), 870)).isEqualTo(2.0);
        assertThat(history.rate(at(50), 1000)).isNegative();
    }

    @Test
    void itStandsStillWhileMessagesWaitAndNoPlaceMoves() {
        assertThat(still(0, part(0, 10, 5), part(1, 3, 0))).isZero();
        assertThat(still(25, part(0, 10, 9), part(1, 3, 0))).isEqualTo(Duration.ofSeconds(25));
        assertThat(still(30, part(0, 11, 8), part(1, 3, 0))).isZero();
    }

    @Test
    void onePartitionMayWaitItsTurnThreeTimesAsLong() {
        still(0, part(0, 10, 5), part(1, 0, 5));
        assertThat(still(30, part(0, 20, 5), part(1, 0, 5))).isEqualTo(Duration.ofSeconds(10));
        assertThat(still(60, part(0, 30, 5), part(1, 0, 5))).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void whatWasEmptyDoesNotStandFromBefore() {
        still(0, part(0, 10, 0));
        still(60, part(0, 10, 0));
        assertThat(still(65, part(0, 10, 1))).isZero();
    }

    @Test
    void aMissingMeasurementBeginsAnew() {
        history.rate(START, 1000);
        still(0, part(0, 10, 5));
        history.forget();
        assertThat(history.rate(at(60), 10)).isNull();
        assertThat(still(60, part(0, 10, 5))).isZero();
    }

    @Test
    void aStateBeganWhenItsKindBeganNotItsWords() {
        assertThat(history.since(START, new LagState.Ok("1 waits"))).isEqualTo(START);
        assertThat(history.since(at(5), new LagState.Ok("2 wait"))).isEqualTo(START);
        assertThat(history.since(at(10), new LagState.Stuck("it stands", "look")))
                .isEqualTo(at(10));
    }

    private Duration still(int second, PartitionLag... partitions) {
        return history.still(at(second), List.of(partitions));
    }

    private static PartitionLag part(int partition, long next, long messages) {
        return new PartitionLag(partition, next, 1000, messages, false, null);
    }

    private static Instant at(int second) {
        return START.plusSeconds(second);
    }
}
