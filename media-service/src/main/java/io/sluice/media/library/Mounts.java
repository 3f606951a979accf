package io.sluice.media.library;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.runtime.Startup;
import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;

/** From a location to a file, under the mounts of this deployment and no further. Wrong mounts are refused at start, all at once. */
@Startup
@ApplicationScoped
public class Mounts {

    private final Map<String, Path> paths = new TreeMap<>();

    Mounts(MountsConfig config) {
        List<String> wrong = new ArrayList<>();
        config.paths().forEach((name, text) -> {
            try {
                Path path = Path.of(text);
                if (path.isAbsolute()) {
                    paths.put(name, path.normalize());
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
     * Where a file of an online library lies. Links on the way to it must stay inside the mount; the last name is for
     * the caller not to follow.
     *
     * @param path relative to the library's root, '/' between names
     * @throws CodedException {@code LIBRARY_STALE} while the library is not there, {@code FILE_VANISHED},
     *     {@code FILE_UNREADABLE}, {@code FORBIDDEN} when the path or a link on it leads out
     */
    public Path resolve(Library library, byte[] path) {
        Path mount = mount(library);
        Path root = below(mount, library.subPath());
        try {
            if (!root.toRealPath().startsWith(mount)) {
                throw new CodedException(
                        ErrorCode.FORBIDDEN,
                        "Library '" + library.name() + "' leads out of its mount by a link: " + root);
            }
        } catch (IOException e) {
            throw stale(library, "its root cannot be reached; is its mount there? " + e);
        }
        Path file = below(root, path);
        Path folder = file.resolveSibling(".").normalize();
        try {
            if (!folder.toRealPath().startsWith(mount)) {
                throw new CodedException(
                        ErrorCode.FORBIDDEN,
                        "A link on its way leads out of mount '" + library.mount() + "': " + folder
                                + ". Put the files inside, or make their place a mount.");
            }
            return file;
        } catch (NoSuchFileException e) {
            throw new CodedException(ErrorCode.FILE_VANISHED, "The file's folder is gone: " + folder, e);
        } catch (IOException e) {
            throw Files.isReadable(root)
                    ? new CodedException(ErrorCode.FILE_UNREADABLE, "The file's folder cannot be read: " + e, e)
                    : stale(library, "its root went away; is its mount there? " + e);
        }
    }

    private Path mount(Library library) {
        if (library.health() != Library.Health.ONLINE) {
            throw stale(library, "it is not online. " + library.reason());
        }
        Path mount = paths.get(library.mount());
        if (mount == null) {
            throw stale(
                    library,
                    "this service does not know its mount; set sluice.mounts.\"" + library.mount()
                            + "\" to its path here, alike in every service");
        }
        try {
            return mount.toRealPath();
        } catch (IOException e) {
            throw stale(library, "its mount cannot be reached: " + e);
        }
    }

    /** A path that would climb is nobody's: it came from outside. */
    private static Path below(Path directory, byte[] relative) {
        if (relative.length == 0) {
            return directory;
        }
        byte[] above = PathBytes.of(directory);
        byte[] whole = new byte[above.length + 1 + relative.length];
        System.arraycopy(above, 0, whole, 0, above.length);
        whole[above.length] = '/';
        System.arraycopy(relative, 0, whole, above.length + 1, relative.length);
        try {
            Path path = PathBytes.absolute(whole);
            if (path.normalize().equals(path) && path.startsWith(directory)) {
                return path;
            }
        } catch (IllegalArgumentException e) {
            throw new CodedException(ErrorCode.FORBIDDEN, "A path that no file can have", e);
        }
        throw new CodedException(ErrorCode.FORBIDDEN, "A path must not climb: it holds . or ..");
    }

    private static CodedException stale(Library library, String why) {
        return new CodedException(ErrorCode.LIBRARY_STALE, "Library '" + library.name() + "' cannot be read: " + why);
    }
}
