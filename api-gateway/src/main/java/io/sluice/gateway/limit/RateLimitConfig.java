package io.sluice.gateway.limit;

import jakarta.validation.constraints.Min;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How much one key, or one address without a key, may ask of a gateway process. */
@ConfigMapping(prefix = "sluice.rate-limit")
interface RateLimitConfig {

    /** A person clicks a few times a second; a program that pages through the library asks some dozens. */
    @WithDefault("50")
    @Min(1)
    int requestsPerSecond();

    /** How much may come at once after a quiet time: the console opens, and several of its pages ask side by side. */
    @WithDefault("200")
    @Min(1)
    int burst();

    /** Commands make work for the services. */
    @WithDefault("10")
    @Min(1)
    int commandsPerSecond();

    @WithDefault("50")
    @Min(1)
    int commandBurst();

    /** Files come in swarms: a grid shows hundreds of thumbnails, a player that jumps asks for a dozen segments. */
    @WithDefault("10")
    @Min(1)
    int bytesFactor();
}
