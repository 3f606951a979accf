package io.sluice.localstack.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs ffmpeg for what the demo and the tests need; its input is ours. */
final class RunFfmpeg {

    private static final int LIMIT_SECONDS = 120;

    private RunFfmpeg() {}

    /** @throws IOException with ffmpeg's words when it fails, or when it is not installed */
    static void run(List<String> arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of("ffmpeg", "-nostdin", "-hide_banner", "-loglevel", "error", "-y"));
        command.addAll(arguments);
        Path said = Files.createTempFile("sluice-ffmpeg", ".txt");
        try {
            Process process = start(command, said);
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("ffmpeg has not ended within " + LIMIT_SECONDS + " s: " + arguments);
            }
            if (process.exitValue() != 0) {
                throw new IOException("ffmpeg ended with " + process.exitValue() + ": "
                        + Files.readString(said, StandardCharsets.UTF_8).strip());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while ffmpeg ran", e);
        } finally {
            Files.delete(said);
        }
    }

    private static Process start(List<String> command, Path said) throws IOException {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start();
        } catch (IOException e) {
            throw new IOException(
                    "ffmpeg cannot be started (" + e.getMessage() + "); install it: apt-get install ffmpeg", e);
        }
    }
}
