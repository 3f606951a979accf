package io.sluice.ingest.library;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.runtime.Startup;
import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;

/** Finds libraries in this deployment's mounts. Wrong mounts are refused at start, all at once. */
@Startup
@ApplicationScoped
public class LibraryRoots {

    private final Map<String, Path> mounts = new TreeMap<>();

    public LibraryRoots(MountsConfig config) {
        List<String> wrong = new ArrayList<>();
        config.paths().forEach((name, text) -> {
            try {
                Path path = Path.of(text);
                if (path.isAbsolute()) {
                    mounts.put(name, path.normalize());
                } else {
                    wrong.add("sluice.mounts.\"" + name + "\"=" + text + " must be an absolute path");
                }
            } catch (InvalidPathException e) {
                wrong.add("sluice.mounts.\"" + name + "\"=" + text + " is no path: " + e.getReason());
            }
        });
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException("Wrong settings: " + String.join("; ", wrong));
        }
    }

    /**
     * Opens a library for reading: it must be online as the scanner last told it, and its root there.
     *
     * @throws CodedException {@code LIBRARY_STALE} with the cure
     */
    public LibraryRoot open(Library library) {
        if (library.health() != Library.Health.ONLINE) {
            throw stale(library, "is " + library.health().stored() + ". " + library.healthReason());
        }
        Path mount = mounts.get(library.mount());
        if (mount == null) {
            throw stale(
                    library,
                    "lies in mount '" + library.mount() + "', which this service does not know; set sluice.mounts.\""
                            + library.mount() + "\" to its path here, alike in every service");
        }
        try {
            Path realMount = mount.toRealPath();
            Path root = RawPaths.below(realMount, library.subPath());
            Path realRoot = root.toRealPath();
            if (!realRoot.startsWith(realMount)) {
                throw stale(library, "leads out of its mount by a link: " + root);
            }
            if (!Files.isDirectory(realRoot) || !Files.isReadable(realRoot)) {
                throw stale(library, "has a root that is no readable directory: " + root);
            }
            return new LibraryRoot(library, realMount, realRoot);
        } catch (IOException e) {
            throw stale(library, "has a root that cannot be reached; is its mount there? " + e);
        }
    }

    private static CodedException stale(Library library, String why) {
        return new CodedException(ErrorCode.LIBRARY_STALE, "Library '" + library.name() + "' " + why);
    }
}
