package io.sluice.scanner.library;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;

/** {@code sluice.libraries.<name>.*}. Texts are judged by {@link ConfiguredLibraries}, so that all errors come at once. */
@ConfigMapping(prefix = "sluice.libraries")
public interface LibrariesConfig {

    @WithParentName
    Map<String, LibraryConfig> byName();

    /** One library. */
    interface LibraryConfig {

        /** The name of a mount. Required. */
        Optional<String> mount();

        /** Below the mount; the mount itself when empty. */
        Optional<String> path();

        /** {@code library} or {@code handover}. */
        @WithDefault("library")
        String kind();

        /** {@code referenced} or {@code managed}. Never written is what can do no harm. */
        @WithDefault("referenced")
        String mode();

        @WithDefault("true")
        boolean enabled();

        /** Besides {@code sluice.excluded-dirs}. */
        Optional<List<String>> excludedDirs();
    }
}
