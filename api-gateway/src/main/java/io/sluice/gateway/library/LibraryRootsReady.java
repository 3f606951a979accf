package io.sluice.gateway.library;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** The gateway is ready once it knows where the libraries lie; after that, a broker that goes away takes nothing from it. */
@Readiness
@ApplicationScoped
class LibraryRootsReady implements HealthCheck {

    private final LibraryRoots roots;

    LibraryRootsReady(LibraryRoots roots) {
        this.roots = roots;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("library roots")
                .status(roots.caughtUp())
                .withData("libraries", roots.all().size())
                .build();
    }
}
