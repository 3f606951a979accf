package io.sluice.media;

import java.util.concurrent.atomic.AtomicLong;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;

import io.sluice.media.store.DirectoryRenditionStore;
import io.sluice.media.store.RenditionStore;
import io.sluice.media.store.StoreConfig;

/** The real store; how much of its disk must stay free can be changed while it runs. */
@ApplicationScoped
public class TestStore {

    /** Bytes. */
    public static final AtomicLong KEEP_FREE = new AtomicLong();

    @Produces
    @Singleton
    @Alternative
    @Priority(1)
    @Typed({RenditionStore.class, DirectoryRenditionStore.class})
    DirectoryRenditionStore store(StoreConfig config) {
        return new DirectoryRenditionStore(config.path(), KEEP_FREE::get);
    }
}
