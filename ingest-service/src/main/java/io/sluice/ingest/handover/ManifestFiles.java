package io.sluice.ingest.handover;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Consumer;
import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.ingest.library.Library;
import io.sluice.ingest.library.LibraryRoot;
import io.sluice.ingest.library.LibraryRoots;
import io.sluice.ingest.location.RelativePath;

/** Opens manifests on their mounts, for reading and without following links. */
@ApplicationScoped
public class ManifestFiles {

    private static final byte[] ENDING = ".json".getBytes(StandardCharsets.US_ASCII);

    private final LibraryRoots roots;
    private final ManifestReader reader;

    ManifestFiles(LibraryRoots roots, ManifestReader reader) {
        this.roots = roots;
        this.reader = reader;
    }

    /** @throws CodedException {@code LIBRARY_STALE} */
    public LibraryRoot open(Library library) {
        return roots.open(library);
    }

    /**
     * Reads the manifest of a bundle.
     *
     * @param items takes its entries one by one
     * @throws CodedException {@code LIBRARY_STALE, FILE_VANISHED, FILE_UNREADABLE, FORBIDDEN} when it cannot be read, and
     *     {@code SOURCE_CHANGED} when it changes while it is
     */
    public ManifestRead read(LibraryRoot root, SyncId syncId, Consumer<ManifestItem> items) {
        byte[] name = syncId.name();
        byte[] file = Arrays.copyOf(name, name.length + ENDING.length);
        System.arraycopy(ENDING, 0, file, name.length, ENDING.length);
        RelativePath relative = RelativePath.of(file);
        try {
            return read(root.resolve(relative), items);
        } catch (IOException e) {
            throw root.lost(e, relative);
        }
    }

    private ManifestRead read(Path file, Consumer<ManifestItem> items) throws IOException {
        BasicFileAttributes before = look(file);
        // A pipe would keep its reader waiting for ever.
        if (!before.isRegularFile()) {
            throw new CodedException(
                    ErrorCode.FILE_UNREADABLE,
                    "The manifest is no regular file; links are not followed. Put the file itself there: " + file);
        }
        ManifestRead read;
        try (FileChannel channel = FileChannel.open(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
                InputStream in = Channels.newInputStream(channel)) {
            read = reader.read(in, items);
        }
        BasicFileAttributes after = look(file);
        if (before.size() != after.size() || !before.lastModifiedTime().equals(after.lastModifiedTime())) {
            throw new CodedException(
                    ErrorCode.SOURCE_CHANGED,
                    "The manifest changed while it was read; it is read again. Write it whole before the sentinel.");
        }
        return read;
    }

    private static BasicFileAttributes look(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }
}
