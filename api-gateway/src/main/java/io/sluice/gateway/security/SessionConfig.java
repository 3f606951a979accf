package io.sluice.gateway.security;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import jakarta.validation.constraints.Min;

import org.hibernate.validator.constraints.time.DurationMin;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;

/** Keys, sessions and log-ins. */
@ConfigMapping(prefix = "sluice.gateway")
interface SessionConfig {

    /** A file with a key that is imported at start as the admin key named {@code bootstrap}; without it nobody can give the first key. */
    Optional<Path> bootstrapKeyFile();

    /** A working day: a session that is not used for this long ends. */
    @WithDefault("12h")
    @WithName("session.lifetime")
    @DurationMin(minutes = 10)
    Duration sessionLifetime();

    /** A person mistypes a few times; nobody needs more tries a minute from one address. */
    @WithDefault("10")
    @WithName("login.failures-per-minute")
    @Min(1)
    int loginFailuresPerMinute();
}
