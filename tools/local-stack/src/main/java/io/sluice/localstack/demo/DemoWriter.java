package io.sluice.localstack.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Puts files in their place, with times of their own that are the same at every writing. */
final class DemoWriter {

    private static final Instant FIRST = Instant.parse("2024-05-01T10:00:00Z");
    private static final int MOVE_SECONDS = 20;

    private final Path folder;
    private final List<DemoFile> written = new ArrayList<>();

    DemoWriter(Path folder) {
        this.folder = folder;
    }

    void good(String path, String shows, byte[] bytes) throws IOException {
        write(path, bytes);
        written.add(new DemoFile(path, shows, true));
    }

    void bad(String path, String shows, byte[] bytes) throws IOException {
        write(path, bytes);
        written.add(new DemoFile(path, shows, false));
    }

    /**
     * For a name outside ASCII. Java encodes names by the locale it was started in and cannot say other bytes; a shell
     * can. A file system that refuses the name goes without the picture.
     */
    void goodNamedInBytes(String parent, byte[] name, String shows, byte[] bytes) throws IOException {
        Path plain = write(parent + "/to-be-renamed.jpg", bytes);
        if (rename(folder.resolve(parent), plain, name)) {
            written.add(new DemoFile(parent + "/" + new String(name, StandardCharsets.UTF_8), shows, true));
        } else {
            Files.delete(plain);
        }
    }

    List<DemoFile> written() {
        return List.copyOf(written);
    }

    private Path write(String path, byte[] bytes) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
        Files.setLastModifiedTime(file, FileTime.from(FIRST.plus(Duration.ofHours(written.size()))));
        return file;
    }

    private static boolean rename(Path parent, Path file, byte[] name) throws IOException {
        StringBuilder octal = new StringBuilder();
        for (byte each : name) {
            octal.append(String.format("\\%03o", each & 0xFF));
        }
        Process move = new ProcessBuilder(
                        "sh",
                        "-c",
                        "mv -f \"$1\" \"$(printf \"$2\")\"",
                        "sh",
                        file.getFileName().toString(),
                        octal.toString())
                .directory(parent.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            return move.waitFor(MOVE_SECONDS, TimeUnit.SECONDS) && move.exitValue() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while renaming " + file, e);
        }
    }
}
