package io.sluice.scanner.walk;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Optional;

/** Asks the file system, never through a link. */
public final class Stats {

    private static final String ATTRIBUTES = "unix:mode,size,ino,dev,lastModifiedTime,ctime,creationTime";
    private static final int KIND = 0170000;
    private static final int DIRECTORY = 0040000;
    private static final int FILE = 0100000;

    private final BirthTimes birthTimes = new BirthTimes();

    /** What stands at a path: a file, a directory, or something that is neither (a link, a device). */
    public record Entry(FileStat stat, long device, boolean file, boolean directory) {}

    /** @throws IOException when there is nothing, or it cannot be asked */
    public Entry of(Path path) throws IOException {
        Map<String, Object> told = Files.readAttributes(path, ATTRIBUTES, NOFOLLOW_LINKS);
        int kind = (Integer) attribute(told, "mode") & KIND;
        long device = (Long) attribute(told, "dev");
        // Where there is no birth time Java answers with the modification time.
        long birth = birthTimes.keptOn(device, path) ? nanos(told, "creationTime") : 0;
        FileStat stat = new FileStat(
                (Long) attribute(told, "size"), nanos(told, "lastModifiedTime"), nanos(told, "ctime"), birth, (Long)
                        attribute(told, "ino"));
        return new Entry(stat, device, kind == FILE, kind == DIRECTORY);
    }

    /**
     * The regular file at a path, empty when there is none.
     *
     * @throws IOException when that cannot be told
     */
    public Optional<FileStat> ofFile(Path path) throws IOException {
        try {
            Entry entry = of(path);
            return entry.file() ? Optional.of(entry.stat()) : Optional.empty();
        } catch (NoSuchFileException gone) {
            return Optional.empty();
        }
    }

    private static long nanos(Map<String, Object> told, String name) {
        return ((FileTime) attribute(told, name)).to(NANOSECONDS);
    }

    private static Object attribute(Map<String, Object> told, String name) {
        Object value = told.get(name);
        if (value == null) {
            throw new IllegalStateException("The file system's provider does not tell " + name);
        }
        return value;
    }
}
