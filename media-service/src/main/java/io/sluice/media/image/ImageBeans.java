package io.sluice.media.image;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Builds the decoders from configuration. */
@ApplicationScoped
class ImageBeans {

    @Produces
    @Singleton
    ImageSettings settings(ImageConfig config) {
        return ImageSettings.of(config);
    }

    @Produces
    @Singleton
    ImageDecoders decoders(ImageSettings settings) {
        return new ImageDecoders(settings);
    }

    void stop(@Disposes ImageDecoders decoders) {
        decoders.close();
    }
}
