package io.sluice.scanner.library;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;

import io.sluice.scanner.library.LibrariesConfig.LibraryConfig;
import io.sluice.scanner.walk.ExcludedDirectories;
import io.sluice.scanner.walk.RawPath;

/** Reads one library; notes what is wrong and reads on. */
record ReadLibrary(
        String name,
        LibraryConfig config,
        Map<String, String> knownMounts,
        Map<String, RawPath> roots,
        Consumer<String> wrong) {

    Optional<ConfiguredLibrary> read(Collection<String> excludedEverywhere) {
        if (!ConfiguredLibraries.NAME.matcher(name).matches()) {
            wrong("", "a library cannot be called \"" + name + "\"; " + ConfiguredLibraries.NAME_RULE);
        }
        Optional<LibraryKind> kind = choice(LibraryKind.class, "kind", config.kind());
        Optional<LibraryMode> mode = choice(LibraryMode.class, "mode", config.mode());
        TreeSet<String> excluded = new TreeSet<>(excludedEverywhere);
        for (String entry : config.excludedDirs().orElse(List.of())) {
            ExcludedDirectories.whyNot(entry).ifPresent(why -> wrong(".excluded-dirs", why));
            excluded.add(entry);
        }
        String path = config.path().orElse("");
        boolean leaves = path.startsWith("/") || Arrays.asList(path.split("/")).contains("..");
        if (ConfiguredLibraries.unreadable(path)) {
            wrong(".path", "\"" + path + "\" " + ConfiguredLibraries.UNREADABLE);
            return Optional.empty();
        }
        if (leaves) {
            wrong(".path", "\"" + path + "\" leaves the mount; give a path below it, without .. and a leading /");
        }
        Optional<RawPath> mount = mount();
        if (kind.isEmpty() || mode.isEmpty() || mount.isEmpty() || leaves) {
            return Optional.empty();
        }
        RawPath subPath = RawPath.of(ConfiguredLibraries.normalized(path));
        return Optional.of(new ConfiguredLibrary(
                name,
                config.mount().orElseThrow(),
                subPath,
                subPath.isEmpty() ? mount.get() : mount.get().child(subPath),
                kind.get(),
                mode.get(),
                config.enabled(),
                List.copyOf(excluded)));
    }

    private Optional<RawPath> mount() {
        if (config.mount().isEmpty()) {
            wrong(".mount", "it is missing; name one of " + knownMounts.keySet());
            return Optional.empty();
        }
        String mount = config.mount().get();
        if (!knownMounts.containsKey(mount)) {
            wrong(
                    ".mount",
                    "there is no mount \"" + mount + "\"; set sluice.mounts." + mount + " or name one of "
                            + new TreeSet<>(knownMounts.keySet()));
        }
        return Optional.ofNullable(roots.get(mount));
    }

    private <E extends Enum<E>> Optional<E> choice(Class<E> type, String key, String text) {
        for (E candidate : type.getEnumConstants()) {
            if (candidate.name().equals(text.toUpperCase(Locale.ROOT))) {
                return Optional.of(candidate);
            }
        }
        wrong(
                "." + key,
                "\"" + text + "\" is none of "
                        + Arrays.stream(type.getEnumConstants())
                                .map(candidate -> candidate.name().toLowerCase(Locale.ROOT))
                                .toList());
        return Optional.empty();
    }

    private void wrong(String key, String why) {
        wrong.accept("sluice.libraries." + name + key + ": " + why);
    }
}
