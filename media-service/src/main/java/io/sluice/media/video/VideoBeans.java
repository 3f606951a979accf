package io.sluice.media.video;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Builds the tools from configuration. */
@ApplicationScoped
class VideoBeans {

    @Produces
    @Singleton
    VideoSettings settings(VideoConfig config) {
        return VideoSettings.of(config);
    }

    @Produces
    @Singleton
    VideoTools tools(VideoSettings settings) {
        return new VideoTools(settings);
    }
}
