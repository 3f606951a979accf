package io.sluice.media.image;

import jakarta.enterprise.event.Observes;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

import io.quarkus.runtime.StartupEvent;
import io.sluice.contract.CodedException;

/** Ready when there is a libvips; asked until it was found once, so that busy decoders are not disturbed. */
@Readiness
class DecoderReadiness implements HealthCheck {

    private static final Logger LOG = Logger.getLogger(DecoderReadiness.class);

    private final ImageDecoders decoders;
    private volatile String version = "";

    DecoderReadiness(ImageDecoders decoders) {
        this.decoders = decoders;
    }

    void start(@Observes StartupEvent event) {
        String found = look();
        if (version.isEmpty()) {
            LOG.errorf("Pictures cannot be decoded, their work waits: %s", found);
        } else {
            LOG.infof("Pictures are decoded by libvips %s", found);
        }
    }

    @Override
    public HealthCheckResponse call() {
        String found = version.isEmpty() ? look() : version;
        return HealthCheckResponse.named("decoder")
                .withData("libvips", found)
                .status(!version.isEmpty())
                .build();
    }

    private String look() {
        try {
            version = decoders.version();
            return version;
        } catch (CodedException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
