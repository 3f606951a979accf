package io.sluice.search.index;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.index.IndexNotFoundException;
import org.apache.lucene.store.Directory;
import org.jboss.logging.Logger;

/**
 * The folder of an instance's index. Every rebuild is a generation of its own beside the ones before, which go once it is
 * complete; one that was interrupted goes on from its last commit.
 */
final class IndexFolder {

    private static final Logger LOG = Logger.getLogger(IndexFolder.class);
    private static final Pattern GENERATION = Pattern.compile("generation-[0-9]{6}");

    /** Opens the files of a generation. */
    @FunctionalInterface
    interface Directories {
        Directory open(Path path) throws IOException;
    }

    /**
     * An index that can be written.
     *
     * @param from where to go on
     * @param rebuild why it begins anew; empty when it goes on
     */
    record Generation(OpenIndex index, CommitPoint from, Optional<String> rebuild, Path path) {}

    private final Path root;
    private final Directories directories;
    private final Duration oldestCommit;
    private final int bufferMegabytes;

    IndexFolder(Path root, Directories directories, Duration oldestCommit, int bufferMegabytes) {
        this.root = root;
        this.directories = directories;
        this.oldestCommit = oldestCommit;
        this.bufferMegabytes = bufferMegabytes;
    }

    /** The newest generation that can be gone on with, else a new one. */
    Generation open(TopicStand stand) throws IOException {
        Files.createDirectories(root);
        List<Path> generations = generations();
        if (generations.isEmpty()) {
            return begin(stand, "there is none yet");
        }
        Path newest = generations.getLast();
        String reason;
        try {
            OpenIndex index = new OpenIndex(directories.open(newest), bufferMegabytes);
            CommitPoint point = CommitPoint.read(index.committed());
            Optional<String> whyNot = index.committed().isEmpty()
                    ? Optional.of("it was killed before its first commit")
                    : point.whyNot(stand, oldestCommit);
            if (whyNot.isEmpty()) {
                return new Generation(index, point, Optional.empty(), newest);
            }
            index.close();
            reason = whyNot.get();
        } catch (CorruptIndexException
                | IndexFormatTooOldException
                | IndexFormatTooNewException
                | IndexNotFoundException
                | IllegalStateException
                | java.nio.file.NoSuchFileException
                | java.io.EOFException unreadable) {
            LOG.warnf(unreadable, "index cannot be read path=%s", newest);
            reason = "it cannot be read: " + unreadable.getMessage();
        }
        return begin(stand, reason);
    }

    /** A new generation beside the others, whose first commit says that nothing was read. */
    Generation begin(TopicStand stand, String reason) throws IOException {
        List<Path> generations = generations();
        int number = generations.isEmpty() ? 1 : 1 + numberOf(generations.getLast());
        Path path = root.resolve("generation-%06d".formatted(number));
        LOG.infof("index is made anew path=%s reason=%s", path, reason);
        OpenIndex index = new OpenIndex(directories.open(path), bufferMegabytes);
        CommitPoint beginning = CommitPoint.beginning(stand);
        index.commit(beginning);
        return new Generation(index, beginning, Optional.of(reason), path);
    }

    /** The generation is complete: the others are not needed any more. */
    void keepOnly(Path generation) throws IOException {
        for (Path other : generations()) {
            if (!other.equals(generation)) {
                delete(other);
            }
        }
    }

    /** Bytes that may still be written. */
    long freeBytes() throws IOException {
        Files.createDirectories(root);
        return Files.getFileStore(root).getUsableSpace();
    }

    private List<Path> generations() throws IOException {
        try (Stream<Path> entries = Files.list(root)) {
            return entries.filter(entry ->
                            GENERATION.matcher(entry.getFileName().toString()).matches())
                    .sorted()
                    .toList();
        }
    }

    private static int numberOf(Path generation) {
        String name = generation.getFileName().toString();
        return Integer.parseInt(name.substring(name.indexOf('-') + 1));
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> entries = Files.walk(folder)) {
            for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(entry);
            }
        }
    }
}
