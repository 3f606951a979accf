package io.sluice.gateway.playback;

import java.time.Duration;

import org.hibernate.validator.constraints.time.DurationMin;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Signed addresses of players. */
@ConfigMapping(prefix = "sluice.playback")
interface PlaybackConfig {

    /**
     * How old the signing secret gets. The one before it still opens what it signed, so this is at least as long as the
     * longest life of an address.
     */
    @WithDefault("30d")
    @DurationMin(days = 7)
    Duration secretLifetime();

    /** How long another gateway process may go on with the secrets it read: what is deleted by hand is dead after this. */
    @WithDefault("60s")
    Duration secretsReadEvery();
}
