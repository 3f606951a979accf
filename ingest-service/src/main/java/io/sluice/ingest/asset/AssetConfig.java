package io.sluice.ingest.asset;

import java.time.ZoneId;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** {@code sluice.taken-at.*}: how times of pictures are read. */
@ConfigMapping(prefix = "sluice.taken-at")
public interface AssetConfig {

    /** What a local time without an offset (EXIF, file names) is taken for, e.g. {@code Europe/Berlin}. */
    @WithDefault("UTC")
    ZoneId zone();
}
