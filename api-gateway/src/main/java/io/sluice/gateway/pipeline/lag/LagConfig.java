package io.sluice.gateway.pipeline.lag;

import java.time.Duration;
import java.util.Map;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How lag is measured, and from when on it is called what. */
@ConfigMapping(prefix = "sluice.gateway.lag")
public interface LagConfig {

    /** Short beside the half minute within which a person should see a trouble. */
    @WithDefault("5s")
    Duration interval();

    /** For all questions of one measurement to the broker; one that is away is known to be so by then. */
    @WithDefault("4s")
    Duration patience();

    /** For reading records that wait, over all groups; what is not read by then is estimated. */
    @WithDefault("3s")
    Duration counting();

    /** Up to so many offsets of a partition are read and counted one by one. */
    @WithDefault("2000")
    int countedExactly();

    /** Of a longer stretch so many records at its beginning and its end tell how many it holds. */
    @WithDefault("200")
    int sample();

    /** What waits for less is on its way, not behind. */
    @WithDefault("10s")
    Duration onItsWay();

    /** A committed offset that stands still for so long while messages wait is stuck. A poll takes seconds at most. */
    @WithDefault("15s")
    Duration stuckAfter();

    /** Work that runs for longer is stuck, as {@code GET /work} has it, but for the classes named below. */
    @WithDefault("5m")
    Duration runningTooLong();

    /** A film of two hours is transcoded in as much time on a slow machine. */
    Map<String, Duration> runningTooLongOf();

    /** A picture of the lag that is older than this says nothing about now. */
    @WithDefault("25s")
    Duration tooOld();

    default Duration runningTooLong(String workClass) {
        return runningTooLongOf().getOrDefault(workClass, runningTooLong());
    }
}
