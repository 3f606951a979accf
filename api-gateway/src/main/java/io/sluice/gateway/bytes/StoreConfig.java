package io.sluice.gateway.bytes;

import java.nio.file.Path;

import io.smallrye.config.ConfigMapping;

/** Where media keeps what it made. */
@ConfigMapping(prefix = "sluice.store")
interface StoreConfig {

    /** Absolute; the same directory that media writes, read only here. */
    Path path();
}
