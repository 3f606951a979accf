package io.sluice.scanner.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;

import io.sluice.scanner.library.LibrariesConfig.LibraryConfig;
import io.sluice.scanner.walk.RawPath;

class ConfiguredLibrariesTest {

    private final Map<String, String> mounts = new TreeMap<>(Map.of("photos", "/mnt/photos/"));
    private final Map<String, LibraryConfig> libraries = new TreeMap<>();
    private final List<String> excluded = new ArrayList<>();
    private final List<String> errors = new ArrayList<>();

    @Test
    void a_library_is_a_sub_path_of_a_mount_with_its_policy() {
        excluded.add("cache");
        libraries.put(
                "holidays", library("photos", "./2024//holidays/", "handover", "Managed", List.of("raw", "cache")));

        assertThat(read().libraries())
                .containsExactly(new ConfiguredLibrary(
                        "holidays",
                        "photos",
                        RawPath.of("2024/holidays"),
                        RawPath.of("/mnt/photos/2024/holidays"),
                        LibraryKind.HANDOVER,
                        LibraryMode.MANAGED,
                        true,
                        List.of("cache", "raw")));
        assertThat(errors).isEmpty();
    }

    @Test
    void a_library_may_be_the_mount_itself() {
        libraries.put("all", library("photos", null));

        assertThat(read().libraries().getFirst().root()).isEqualTo(RawPath.of("/mnt/photos"));
    }

    @Test
    void libraries_side_by_side_do_not_overlap() {
        libraries.put("a", library("photos", "2024"));
        libraries.put("b", library("photos", "2024-more"));

        read();

        assertThat(errors).isEmpty();
    }

    @Test
    void everything_that_is_wrong_is_said_at_once_with_its_name() {
        excluded.add("..");
        mounts.put("relative", "media");
        mounts.put("up", "/mnt/../etc");
        mounts.put("bad name", "/mnt/x");
        mounts.put("same", "/mnt/photos");
        mounts.put("locale", "/mnt/gr\uFFFD\uFFFDn");
        libraries.put("a", library("photos", "2024"));
        libraries.put("b", library("photos", "2024/05"));
        libraries.put("c", library("same", "2024"));
        libraries.put("d", library("nowhere", null));
        libraries.put("e", library("photos", "../etc"));
        libraries.put("f", library("photos", "/etc"));
        libraries.put("g", library(null, null));
        libraries.put("h", library("photos", "x", "bundles", "owned", List.of("a//b")));
        libraries.put("i/j", library("photos", "y"));

        read();

        assertThat(String.join("\n", errors))
                .contains("sluice.excluded-dirs: \"..\"")
                .contains("sluice.mounts.relative: \"media\" is no absolute path")
                .contains("sluice.mounts.up: \"/mnt/../etc\" is no absolute path")
                .contains("sluice.mounts.bad name: a mount cannot be called")
                .contains("sluice.mounts.locale: \"/mnt/gr\uFFFD\uFFFDn\" holds signs that this process cannot read")
                .contains("sluice.libraries.b: its root /mnt/photos/2024/05 lies inside that of library \"a\"")
                .contains("sluice.libraries.c: it has the same root as library \"a\"")
                .contains("sluice.libraries.d.mount: there is no mount \"nowhere\"")
                .contains("sluice.libraries.e.path: \"../etc\" leaves the mount")
                .contains("sluice.libraries.f.path: \"/etc\" leaves the mount")
                .contains("sluice.libraries.g.mount: it is missing")
                .contains("sluice.libraries.h.kind: \"bundles\" is none of [library, handover]")
                .contains("sluice.libraries.h.mode: \"owned\" is none of [referenced, managed]")
                .contains("sluice.libraries.h.excluded-dirs: \"a//b\"")
                .contains("sluice.libraries.i/j: a library cannot be called");
        assertThat(errors).hasSize(16);
        assertThat(new WrongSettings(errors)).hasMessageContaining("16 of its settings are wrong");
    }

    private ConfiguredLibraries read() {
        return ConfiguredLibraries.read(mounts, libraries, excluded, errors::add);
    }

    private static LibraryConfig library(String mount, String path) {
        return library(mount, path, "library", "referenced", List.of());
    }

    private static LibraryConfig library(String mount, String path, String kind, String mode, List<String> excluded) {
        return new LibraryConfig() {
            @Override
            public Optional<String> mount() {
                return Optional.ofNullable(mount);
            }

            @Override
            public Optional<String> path() {
                return Optional.ofNullable(path);
            }

            @Override
            public String kind() {
                return kind;
            }

            @Override
            public String mode() {
                return mode;
            }

            @Override
            public boolean enabled() {
                return true;
            }

            @Override
            public Optional<List<String>> excludedDirs() {
                return Optional.of(excluded);
            }
        };
    }
}
