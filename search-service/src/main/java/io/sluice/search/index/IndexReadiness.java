package io.sluice.search.index;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready once the index has caught up; after that a broker that goes away takes nothing from it. */
@Readiness
@ApplicationScoped
class IndexReadiness implements HealthCheck {

    private final ShownIndex shown;
    private final IndexState state;

    IndexReadiness(ShownIndex shown, IndexState state) {
        this.shown = shown;
        this.state = state;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("index")
                .status(shown.answers())
                .withData("phase", state.phase().name())
                .withData("reason", state.reason())
                .build();
    }
}
