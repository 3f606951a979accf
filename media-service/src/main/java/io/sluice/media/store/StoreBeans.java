package io.sluice.media.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;

/** Builds the store from configuration. */
@ApplicationScoped
class StoreBeans {

    @Produces
    @Singleton
    @Typed({RenditionStore.class, DirectoryRenditionStore.class})
    DirectoryRenditionStore store(StoreConfig config) {
        if (config.keepFreeMegabytes() < 0) {
            throw new IllegalArgumentException(
                    "sluice.store.keep-free-megabytes must be 0 or more, is " + config.keepFreeMegabytes());
        }
        long keepFree = config.keepFreeMegabytes() << 20;
        return new DirectoryRenditionStore(config.path(), () -> keepFree);
    }
}
