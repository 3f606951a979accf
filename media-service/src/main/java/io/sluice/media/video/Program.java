package io.sluice.media.video;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;

/** Finds a program as a shell would: children get no PATH of ours. Looked for each time: installed later, it is found. */
record Program(String name, String setting) {

    /** @throws CodedException {@code DECODER_MISSING} with the cure */
    Path path() {
        return find(name).orElseThrow(this::missing);
    }

    CodedException missing() {
        return new CodedException(
                ErrorCode.DECODER_MISSING,
                "%s cannot be started as %s: install it (Debian: apt-get install ffmpeg) or name it by %s"
                        .formatted(setting.substring(setting.lastIndexOf('.') + 1), name, setting));
    }

    static Optional<Path> find(String name) {
        if (name.indexOf('/') >= 0) {
            return Optional.of(Path.of(name).toAbsolutePath()).filter(Program::runs);
        }
        String path = System.getenv().getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin");
        return Arrays.stream(path.split(File.pathSeparator))
                .filter(folder -> folder.startsWith("/"))
                .map(folder -> Path.of(folder, name))
                .filter(Program::runs)
                .findFirst();
    }

    private static boolean runs(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }
}
