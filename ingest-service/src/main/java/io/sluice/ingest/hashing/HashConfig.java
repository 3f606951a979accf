package io.sluice.ingest.hashing;

import java.time.Duration;
import java.util.OptionalInt;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** {@code sluice.hash.*}: how fast and how patiently files are read. */
@ConfigMapping(prefix = "sluice.hash")
public interface HashConfig {

    /** Files of one transaction: more gain little (one commit for 200 files), fewer are lost with a process. */
    @WithDefault("200")
    int batchSize();

    /** Batches at once; without a setting, one less than there are processors, at least 1. */
    OptionalInt concurrency();

    /**
     * Files released and running at once over all processes. Enough for four batches of ten workers, so that none waits
     * for the dispatcher; few enough that what is new overtakes a backlog within seconds.
     */
    @WithDefault("2048")
    int window();

    /** A file gets the larger of this ... */
    @WithDefault("60s")
    Duration timeLimit();

    /** ... and its size at this rate, bytes a second: 10 MB/s is a slow network share; less is a fault. */
    @WithDefault("10000000")
    long slowestRate();
}
