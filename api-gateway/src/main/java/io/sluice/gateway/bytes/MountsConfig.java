package io.sluice.gateway.bytes;

import java.nio.file.Path;
import java.util.Map;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;

/** Where the mounts of the deployment lie on this machine: {@code sluice.mounts.<name>=<absolute path>}. */
@ConfigMapping(prefix = "sluice.mounts")
interface MountsConfig {

    @WithParentName
    Map<String, Path> byName();
}
