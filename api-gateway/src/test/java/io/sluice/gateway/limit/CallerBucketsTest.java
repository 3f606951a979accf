package io.sluice.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.vertx.core.http.HttpMethod;

class CallerBucketsTest {

    private static final long SECOND = 1_000_000_000L;

    private final AtomicLong clock = new AtomicLong(-5 * SECOND);
    private final CallerBuckets buckets = new CallerBuckets(2, 5, clock::get);

    @Test
    void aBurstIsGivenAndThenTheSteadyRate() {
        assertThat(granted("a", 10)).isEqualTo(5);
        clock.addAndGet(SECOND);
        assertThat(granted("a", 10)).isEqualTo(2);
        clock.addAndGet(3600 * SECOND);
        assertThat(granted("a", 10))
                .as("a quiet hour saves up no more than a burst")
                .isEqualTo(5);
    }

    @Test
    void itSaysWhenThereIsOneAgain() {
        CallerBuckets slow = new CallerBuckets(0.25, 1, clock::get);
        assertThat(slow.take("a")).isZero();
        assertThat(slow.take("a")).isEqualTo(4);
        clock.addAndGet(4 * SECOND);
        assertThat(slow.take("a")).isZero();
        granted("b", 5);
        clock.addAndGet(SECOND / 2 - 1);
        assertThat(buckets.take("b")).as("a moment is a second").isEqualTo(1);
    }

    @Test
    void oneCallerDoesNotUseUpAnothersShare() {
        granted("greedy", 1000);
        assertThat(granted("modest", 5)).isEqualTo(5);
        assertThat(buckets.take("greedy")).isEqualTo(1);
    }

    @Test
    void theQuietestCallersAreForgottenFirst() {
        granted("greedy", 5);
        IntStream.range(0, 30_000).forEach(i -> {
            buckets.take("address " + i);
            buckets.take("greedy");
        });
        assertThat(buckets.take("greedy")).isEqualTo(1);
    }

    @Test
    void filesAndCommandsHaveTheirOwnLimits() {
        String asset = "/api/v1/assets/" + "0".repeat(64);
        for (String file : new String[] {
            asset + "/renditions/thumbnail@1",
            asset + "/original",
            asset + "/hls/seg_00000.m4s",
            "/api/v1/playback/token/hls/playlist.m3u8"
        }) {
            assertThat(Traffic.of(HttpMethod.GET, file)).as(file).isEqualTo(Traffic.BYTES);
            assertThat(Traffic.of(HttpMethod.HEAD, file)).as(file).isEqualTo(Traffic.BYTES);
        }
        for (String read : new String[] {"/api/v1/assets", asset, asset + "/renditions", "/api/v1/hls/stats"}) {
            assertThat(Traffic.of(HttpMethod.GET, read)).as(read).isEqualTo(Traffic.READS);
        }
        assertThat(Traffic.of(HttpMethod.POST, asset + "/renditions/hls/redo")).isEqualTo(Traffic.COMMANDS);
        assertThat(Traffic.of(HttpMethod.DELETE, "/api/v1/session")).isEqualTo(Traffic.COMMANDS);
    }

    private int granted(String caller, int tries) {
        return (int)
                IntStream.range(0, tries).filter(i -> buckets.take(caller) == 0).count();
    }
}
