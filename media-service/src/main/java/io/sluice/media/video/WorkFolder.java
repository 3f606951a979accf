package io.sluice.media.video;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

import org.jboss.logging.Logger;

/**
 * Where a child runs: an empty folder with links to what it may know by name. So a name of ours is never read as an
 * option, an address or a pattern, and a path may be any bytes.
 */
final class WorkFolder implements AutoCloseable {

    /** The original. */
    static final String SOURCE = "source";

    /** The folder of a stream that is made. */
    static final String STREAM = "stream";

    private static final Logger LOG = Logger.getLogger(WorkFolder.class);

    private final Path folder;

    private WorkFolder(Path folder) {
        this.folder = folder;
    }

    static WorkFolder create() throws IOException {
        return new WorkFolder(Files.createTempDirectory("sluice-video-"));
    }

    WorkFolder with(String name, Path target) throws IOException {
        Files.createSymbolicLink(folder.resolve(name), target.toAbsolutePath());
        return this;
    }

    Path path() {
        return folder;
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    @Override
    public void close() {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(folder);
        } catch (NoSuchFileException e) {
            // The watcher of a child that was killed was faster.
        } catch (IOException e) {
            LOG.warnf("The temporary folder %s is left behind: %s", folder, e);
        }
    }
}
