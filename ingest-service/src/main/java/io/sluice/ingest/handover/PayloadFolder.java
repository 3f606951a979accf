package io.sluice.ingest.handover;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.ingest.library.LibraryRoot;
import io.sluice.ingest.location.FileStat;
import io.sluice.ingest.location.RelativePath;

/**
 * A bundle's payload folder. What a manifest calls a path is found here and nowhere else: nothing outside the folder is
 * looked at, let alone opened. For one batch of work, by one thread.
 */
public final class PayloadFolder {

    /** What a path of the manifest leads to. */
    public sealed interface Payload {

        /**
         * A regular file; open it without following its last name.
         *
         * @param relative its path in the library
         */
        record File(Path path, RelativePath relative, FileStat stat) implements Payload {}

        /** There is none, or no regular one. */
        record Missing(String sentence) implements Payload {}

        /** It would leave the folder. */
        record Escapes(String sentence) implements Payload {}

        /** It is there and cannot be looked at; that may pass. */
        record Unreadable(String sentence) implements Payload {}
    }

    private static final String STAT = "unix:size,lastModifiedTime,ctime,creationTime,ino,isRegularFile,isSymbolicLink";

    private final LibraryRoot root;
    private final byte[] name;
    private final Map<Path, Boolean> inside = new HashMap<>();
    private @Nullable Path real;

    public PayloadFolder(LibraryRoot root, SyncId syncId) {
        this.root = root;
        this.name = syncId.name();
    }

    /**
     * @param path bytes as the manifest has them
     * @throws CodedException {@code LIBRARY_STALE} when the mount itself is not there
     */
    public Payload find(byte[] path) {
        RelativePath relative;
        try {
            RelativePath.of(path);
            relative = RelativePath.of(join(name, path));
        } catch (CodedException refused) {
            return new Payload.Escapes(
                    "The path must lie in the payload folder: relative, without '.', '..', empty names or NUL, of at most "
                            + RelativePath.MAX_BYTES + " bytes with the folder's name. It is not looked at.");
        }
        try {
            Path file = root.resolve(relative);
            return isInside(Objects.requireNonNull(file.getParent()))
                    ? look(file, relative)
                    : new Payload.Escapes("A link on the path leads out of the payload folder. It is not followed.");
        } catch (IOException e) {
            return failed(root.lost(e, relative));
        } catch (CodedException e) {
            return failed(e);
        }
    }

    /** Whether the bundle's manifest lies beside the folder: where it does not, its mount may be what is missing. */
    public boolean hasManifest() {
        Path manifest = root.resolve(RelativePath.of(joined(name, ".json")));
        return Files.exists(manifest, LinkOption.NOFOLLOW_LINKS);
    }

    private static byte[] joined(byte[] name, String ending) {
        byte[] file = Arrays.copyOf(name, name.length + ending.length());
        System.arraycopy(ending.getBytes(StandardCharsets.US_ASCII), 0, file, name.length, ending.length());
        return file;
    }

    private static Payload look(Path file, RelativePath relative) throws IOException {
        Map<String, Object> stat = Files.readAttributes(file, STAT, LinkOption.NOFOLLOW_LINKS);
        if (Boolean.TRUE.equals(stat.get("isSymbolicLink"))) {
            return new Payload.Escapes("The file is a link; links are not followed. Deliver the file itself.");
        }
        if (!Boolean.TRUE.equals(stat.get("isRegularFile"))) {
            return new Payload.Missing("There is something else than a file under this path.");
        }
        return new Payload.File(
                file,
                relative,
                new FileStat(
                        number(stat, "size"),
                        nanos(stat, "lastModifiedTime"),
                        nanos(stat, "ctime"),
                        nanos(stat, "creationTime"),
                        number(stat, "ino")));
    }

    private static long number(Map<String, Object> stat, String part) {
        return ((Number) Objects.requireNonNull(stat.get(part), part)).longValue();
    }

    private static long nanos(Map<String, Object> stat, String part) {
        return ((FileTime) Objects.requireNonNull(stat.get(part), part)).to(TimeUnit.NANOSECONDS);
    }

    private boolean isInside(Path directory) throws IOException {
        Boolean known = inside.get(directory);
        if (known == null) {
            known = directory.toRealPath().startsWith(real());
            inside.put(directory, known);
        }
        return known;
    }

    /** The folder itself must be one, where it says to be: were it a link, everything behind it would be elsewhere. */
    private Path real() throws IOException {
        Path known = real;
        if (known == null) {
            Path folder = root.resolve(RelativePath.of(name));
            if (Files.isSymbolicLink(folder)) {
                throw new NoSuchFileException(folder.toString(), null, "is a link, and not the payload folder");
            }
            known = folder.toRealPath();
            real = known;
        }
        return known;
    }

    /** Names of all regular files in a folder of the payload, as {@link #names(byte[], int, Predicate)}. */
    public List<String> names(byte[] directory, int most) {
        return names(directory, most, name -> true);
    }

    /**
     * Names of the wanted regular files in a folder of the payload, by their bytes as text; of more than so many some. Empty
     * when there is no such folder.
     *
     * @param directory path as the manifest would have it
     * @throws CodedException {@code LIBRARY_STALE} when the mount itself is not there, {@code PATH_ESCAPES},
     *     {@code FILE_UNREADABLE}
     */
    public List<String> names(byte[] directory, int most, Predicate<String> wanted) {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory(join(directory, new byte[] {'-'})))) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                if (names.size() < most && wanted.test(name) && Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)) {
                    names.add(name);
                }
            }
        } catch (NoSuchFileException | NotDirectoryException none) {
            return names;
        } catch (IOException | DirectoryIteratorException e) {
            throw new CodedException(ErrorCode.FILE_UNREADABLE, "A folder of the payload cannot be read: " + e, e);
        }
        names.sort(Comparator.naturalOrder());
        return names;
    }

    /** Where a file of that path would lie. */
    private Path directory(byte[] path) throws IOException {
        RelativePath relative;
        try {
            RelativePath.of(path);
            relative = RelativePath.of(join(name, path));
        } catch (CodedException refused) {
            throw new CodedException(
                    ErrorCode.PATH_ESCAPES, "A path leaves the payload folder: " + refused.getMessage());
        }
        try {
            Path directory = Objects.requireNonNull(root.resolve(relative).getParent());
            if (isInside(directory)) {
                return directory;
            }
        } catch (CodedException e) {
            if (e.code() == ErrorCode.FILE_VANISHED) {
                throw new NoSuchFileException(relative.toString());
            }
            if (e.code() != ErrorCode.FORBIDDEN) {
                throw e;
            }
        }
        throw new CodedException(
                ErrorCode.PATH_ESCAPES, "A link on the path leads out of the payload folder. It is not followed.");
    }

    /** A folder of the payload, to be walked without following links; as {@link #find} otherwise. */
    @Nullable
    Path folder() {
        try {
            return real();
        } catch (IOException e) {
            return null;
        }
    }

    private static Payload failed(CodedException failure) {
        String sentence = String.valueOf(failure.getMessage());
        if (failure.code() == ErrorCode.LIBRARY_STALE) {
            throw failure;
        }
        if (failure.code() == ErrorCode.FORBIDDEN) {
            return new Payload.Escapes(sentence);
        }
        return failure.code() == ErrorCode.FILE_VANISHED
                ? new Payload.Missing("There is no such file in the payload folder. Deliver the bundle again with it.")
                : new Payload.Unreadable(sentence);
    }

    private static byte[] join(byte[] folder, byte[] path) {
        byte[] joined = Arrays.copyOf(folder, folder.length + 1 + path.length);
        joined[folder.length] = '/';
        System.arraycopy(path, 0, joined, folder.length + 1, path.length);
        return joined;
    }
}
