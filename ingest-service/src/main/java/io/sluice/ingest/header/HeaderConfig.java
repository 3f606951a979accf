package io.sluice.ingest.header;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** {@code sluice.header.*}: the child processes that read headers. */
@ConfigMapping(prefix = "sluice.header")
public interface HeaderConfig {

    /** At once; one keeps up with several hash workers: a header takes 0.1 to 3 ms. */
    @WithDefault("1")
    int children();

    /** For one file; a header is read in milliseconds, the rest is for a cold disk. A hundred files get three times this. */
    @WithDefault("10s")
    Duration timeLimit();

    /** Java heap of a child: the largest true headers (embedded previews, long ICC profiles) are some MB. */
    @WithDefault("96")
    int heapMegabytes();

    /** A child is replaced after so many questions, against slow leaks. */
    @WithDefault("2000")
    int questionsPerChild();
}
