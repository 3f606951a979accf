package io.sluice.scanner.walk;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Directories that are not walked. {@code name} means every directory of that name, {@code some/path} and {@code /name}
 * the one at that path below the library's root. Upper and lower case differ.
 */
public final class ExcludedDirectories {

    private final Set<RawPath> names = new HashSet<>();
    private final Set<RawPath> paths = new HashSet<>();

    public ExcludedDirectories(Collection<String> entries) {
        for (String entry : entries) {
            String path = entry.replaceAll("^/+|/+$", "");
            (entry.startsWith("/") || path.contains("/") ? paths : names).add(RawPath.of(path));
        }
    }

    /** Why an entry cannot be meant, empty when it can. */
    public static Optional<String> whyNot(String entry) {
        String path = entry.replaceAll("^/+|/+$", "");
        List<String> wrong = new ArrayList<>();
        for (String name : path.split("/", -1)) {
            if (name.isBlank() || name.equals(".") || name.equals("..")) {
                wrong.add("\"" + name + "\"");
            }
        }
        return wrong.isEmpty()
                ? Optional.empty()
                : Optional.of("\"" + entry + "\" has the part " + String.join(", ", wrong)
                        + "; give a directory's name, or a path below the library's root");
    }

    public boolean contain(RawPath path) {
        return names.contains(path.lastName()) || paths.contains(path);
    }

    /** Whether the path or a directory above it is excluded. */
    public boolean cover(RawPath path) {
        for (RawPath at = path; !at.isEmpty(); at = at.parent()) {
            if (contain(at)) {
                return true;
            }
        }
        return false;
    }
}
