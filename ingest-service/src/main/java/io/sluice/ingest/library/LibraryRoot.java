package io.sluice.ingest.library;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.ingest.location.RelativePath;

/** A library whose root was found to be there: for one batch of work, by one thread. */
public final class LibraryRoot {

    private final Library library;
    private final Path mount;
    private final Path root;
    private final URI uri;
    private final Set<Path> inside = new HashSet<>();

    LibraryRoot(Library library, Path mount, Path root) {
        this.library = library;
        this.mount = mount;
        this.root = root;
        this.uri = root.toUri();
    }

    public Library library() {
        return library;
    }

    /**
     * Where a file lies. Links on the way to it must stay inside the mount; it is for the caller not to follow the last
     * name itself.
     *
     * @throws CodedException {@code FILE_VANISHED}, {@code FORBIDDEN} when a link leads out, {@code FILE_UNREADABLE},
     *     {@code LIBRARY_STALE} when the root itself is gone
     */
    public Path resolve(RelativePath relative) {
        byte[] bytes = relative.bytes();
        Path path = RawPaths.ascii(bytes) ? RawPaths.belowAscii(root, bytes) : RawPaths.below(uri, bytes);
        Path directory = path.getParent();
        if (directory != null && !inside.contains(directory)) {
            try {
                if (!directory.toRealPath().startsWith(mount)) {
                    throw new CodedException(
                            ErrorCode.FORBIDDEN,
                            "A link on its way leads out of mount '" + library.mount() + "': " + directory
                                    + ". Put the files inside, or make their place a mount.");
                }
            } catch (IOException e) {
                throw lost(e, relative);
            }
            inside.add(directory);
        }
        return path;
    }

    /** What a failed access to one of its files means: the library is not there, the file is gone, or it cannot be read. */
    public CodedException lost(IOException failure, RelativePath relative) {
        if (!Files.isReadable(root)) {
            return new CodedException(
                    ErrorCode.LIBRARY_STALE,
                    "The root of library '" + library.name() + "' went away; is its mount there? " + root,
                    failure);
        }
        return failure instanceof NoSuchFileException
                ? new CodedException(ErrorCode.FILE_VANISHED, "The file is not there any more: " + relative, failure)
                : new CodedException(
                        ErrorCode.FILE_UNREADABLE,
                        "The file cannot be read; check its owner and mode, or the disk: " + failure,
                        failure);
    }
}
