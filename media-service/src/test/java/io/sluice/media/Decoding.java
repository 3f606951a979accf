package io.sluice.media;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Looks at the decoders of this process from outside. */
final class Decoding {

    private Decoding() {}

    /** Whether a child of this process has that file open. */
    static boolean of(Path file) {
        return ProcessHandle.current().descendants().anyMatch(child -> hasOpen(child.pid(), file));
    }

    private static boolean hasOpen(long pid, Path file) {
        try (Stream<Path> open = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            return open.anyMatch(fd -> leadsTo(fd, file));
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean leadsTo(Path link, Path file) {
        try {
            return Files.readSymbolicLink(link).equals(file.toRealPath());
        } catch (IOException e) {
            return false;
        }
    }
}
