package io.sluice.messaging.health;

import java.time.Duration;
import java.util.List;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

import io.sluice.messaging.Progress;

/** Alive while every loop goes round; an outage keeps loops ticking, a hang does not. */
@Liveness
public class ProgressLiveness implements HealthCheck {

    /** Longer than any transaction, poll or pause of a loop. */
    private static final Duration SILENCE = Duration.ofSeconds(90);

    private final Progress progress;

    ProgressLiveness(Progress progress) {
        this.progress = progress;
    }

    @Override
    public HealthCheckResponse call() {
        List<String> silent = progress.silentFor(SILENCE);
        return HealthCheckResponse.named("progress")
                .status(silent.isEmpty())
                .withData("silent", String.join(", ", silent))
                .build();
    }
}
