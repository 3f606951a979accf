package io.sluice.media.library;

import java.util.Map;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;

/** {@code sluice.mounts."<name>"=<absolute path>}: where this deployment has what libraries lie in; alike in every service. */
@ConfigMapping(prefix = "sluice.mounts")
public interface MountsConfig {

    @WithParentName
    Map<String, String> paths();
}
