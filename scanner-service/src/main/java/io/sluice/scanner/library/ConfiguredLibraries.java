package io.sluice.scanner.library;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;

import io.sluice.scanner.library.LibrariesConfig.LibraryConfig;
import io.sluice.scanner.walk.ExcludedDirectories;
import io.sluice.scanner.walk.RawPath;

/** What the configuration says of mounts and libraries, or every reason at once why it cannot be meant. */
public record ConfiguredLibraries(Map<String, RawPath> mounts, List<ConfiguredLibrary> libraries) {

    static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
    static final String UNREADABLE =
            "holds signs that this process cannot read; start it with LC_ALL=C.UTF-8, or put the setting into a file";
    static final String NAME_RULE = "names are 1 to 63 of A-Z a-z 0-9 . _ - and begin with a letter or digit";

    /**
     * @param excludedEverywhere {@code sluice.excluded-dirs}
     * @param wrong is told of every wrong setting, with its name and the cure
     */
    public static ConfiguredLibraries read(
            Map<String, String> mounts,
            Map<String, LibraryConfig> libraries,
            Collection<String> excludedEverywhere,
            Consumer<String> wrong) {
        excludedEverywhere.forEach(entry ->
                ExcludedDirectories.whyNot(entry).ifPresent(why -> wrong.accept("sluice.excluded-dirs: " + why)));
        Map<String, RawPath> roots = new TreeMap<>();
        new TreeMap<>(mounts)
                .forEach((name, path) -> mount(name, path, wrong).ifPresent(root -> roots.put(name, root)));
        List<ConfiguredLibrary> accepted = new ArrayList<>();
        new TreeMap<>(libraries).forEach((name, config) -> new ReadLibrary(name, config, mounts, roots, wrong)
                .read(excludedEverywhere)
                .ifPresent(accepted::add));
        overlaps(accepted, wrong);
        return new ConfiguredLibraries(Map.copyOf(roots), List.copyOf(accepted));
    }

    private static Optional<RawPath> mount(String name, String path, Consumer<String> wrong) {
        String key = "sluice.mounts." + name;
        if (!NAME.matcher(name).matches()) {
            wrong.accept(key + ": a mount cannot be called \"" + name + "\"; " + NAME_RULE);
        }
        if (unreadable(path)) {
            wrong.accept(key + ": \"" + path + "\" " + UNREADABLE);
            return Optional.empty();
        }
        if (!path.startsWith("/") || Arrays.asList(path.split("/")).contains("..")) {
            wrong.accept(key + ": \"" + path + "\" is no absolute path; give one that begins with / and has no ..");
            return Optional.empty();
        }
        return Optional.of(RawPath.of("/" + normalized(path)));
    }

    private static void overlaps(List<ConfiguredLibrary> libraries, Consumer<String> wrong) {
        for (ConfiguredLibrary outer : libraries) {
            for (ConfiguredLibrary inner : libraries) {
                if (outer != inner
                        && outer.root().equals(inner.root())
                        && outer.name().compareTo(inner.name()) < 0) {
                    wrong.accept("sluice.libraries." + inner.name() + ": it has the same root as library \""
                            + outer.name() + "\" (" + outer.root() + "); remove one of them");
                } else if (within(outer.root(), inner.root())) {
                    wrong.accept("sluice.libraries." + inner.name() + ": its root " + inner.root()
                            + " lies inside that of library \"" + outer.name() + "\" (" + outer.root()
                            + "); move one of them, every file belongs to one library");
                }
            }
        }
    }

    private static boolean within(RawPath outer, RawPath inner) {
        for (RawPath at = inner.parent(); !at.isEmpty(); at = at.parent()) {
            if (at.equals(outer)) {
                return true;
            }
        }
        return !inner.equals(outer) && outer.toString().equals("/");
    }

    /** Settings come through the JVM's locale, and what it could not read stands there as U+FFFD. */
    static boolean unreadable(String path) {
        return path.indexOf('\uFFFD') >= 0;
    }

    static String normalized(String path) {
        return String.join(
                "/",
                Arrays.stream(path.split("/"))
                        .filter(part -> !part.isEmpty() && !part.equals("."))
                        .toList());
    }
}
