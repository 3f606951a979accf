package io.sluice.media.store;

import java.nio.file.Path;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Where renditions are kept. */
@ConfigMapping(prefix = "sluice.store")
public interface StoreConfig {

    /** The root of the store: a directory that is ours alone, the same volume for every media and gateway process. */
    Path path();

    /** With less than this left the store counts as full, so that what else lives on that disk can go on. */
    @WithDefault("64")
    long keepFreeMegabytes();
}
