package io.sluice.media.video;

import jakarta.enterprise.event.Observes;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

import io.quarkus.runtime.StartupEvent;
import io.sluice.contract.CodedException;

/** Ready when ffmpeg and ffprobe run; asked until they were found once. */
@Readiness
class VideoReadiness implements HealthCheck {

    private static final Logger LOG = Logger.getLogger(VideoReadiness.class);

    private final VideoTools tools;
    private volatile String version = "";

    VideoReadiness(VideoTools tools) {
        this.tools = tools;
    }

    void start(@Observes StartupEvent event) {
        String found = look();
        if (version.isEmpty()) {
            LOG.errorf("Videos cannot be read, their work waits: %s", found);
        } else {
            LOG.infof("Videos are read by ffmpeg %s", found);
        }
        if (!tools.isFenced()) {
            LOG.warn("ffmpeg runs with our network: this kernel does not let us take it away (unshare --net). It opens"
                    + " files only, but a network policy should forbid the rest");
        }
    }

    @Override
    public HealthCheckResponse call() {
        String found = version.isEmpty() ? look() : version;
        return HealthCheckResponse.named("video-decoder")
                .withData("ffmpeg", found)
                .withData("without_network", tools.isFenced())
                .status(!version.isEmpty())
                .build();
    }

    private String look() {
        try {
            version = tools.version();
            return version;
        } catch (CodedException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
