package io.sluice.scanner.library;

import java.util.Map;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;

/** {@code sluice.mounts.<name>=<absolute path>}: the places that the deployment gives us, alike in every service. */
@ConfigMapping(prefix = "sluice.mounts")
public interface MountsConfig {

    @WithParentName
    Map<String, String> paths();
}
