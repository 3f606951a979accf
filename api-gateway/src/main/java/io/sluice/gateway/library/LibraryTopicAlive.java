package io.sluice.gateway.library;

import java.time.Duration;
import java.time.Instant;
import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** A reader that no longer goes round serves originals from roots of the past; only a new start helps. */
@Liveness
@ApplicationScoped
class LibraryTopicAlive implements HealthCheck {

    /** A round takes half a second; a broker that is away makes it a minute at most. */
    private static final Duration TOO_LONG = Duration.ofMinutes(3);

    private final LibraryTopicReader reader;

    LibraryTopicAlive(LibraryTopicReader reader) {
        this.reader = reader;
    }

    @Override
    public HealthCheckResponse call() {
        Duration since = Duration.between(reader.lastRound(), Instant.now());
        return HealthCheckResponse.named("library topic reader")
                .status(since.compareTo(TOO_LONG) < 0)
                .withData("seconds_since_last_round", since.toSeconds())
                .build();
    }
}
