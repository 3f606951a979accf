package io.sluice.gateway.upstream;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How long the gateway waits for the services behind it. */
@ConfigMapping(prefix = "sluice.gateway.upstream")
public interface UpstreamConfig {

    /** A person waits: a page that takes longer than this is better answered "try again". */
    @WithDefault("5s")
    Duration deadline();

    /** Long enough to connect to a service that is back, short enough not to be felt while one is away. */
    @WithDefault("250ms")
    Duration reconnect();

    /** A preflight reads the manifest and looks at every file it names: 200,000 of them on a slow mount. */
    @WithDefault("2m")
    Duration preflightDeadline();

    /** How long a player waits for the first segment of a stream that is begun for it; about two segments. */
    @WithDefault("10s")
    Duration playWait();

    /** All lines of a library of a million files are read in about a minute. */
    @WithDefault("10m")
    Duration streamDeadline();
}
