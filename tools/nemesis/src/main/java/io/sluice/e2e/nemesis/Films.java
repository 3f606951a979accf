package io.sluice.e2e.nemesis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Short films of two seconds, one in two to be transcoded; no two have the same bytes. */
final class Films {

    private final Path folder;
    private final Random random;
    private int made;

    Films(Path folder, long seed) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.random = new Random(seed);
    }

    /** Makes one and gives where it lies; to be moved away. */
    Path next() throws IOException {
        boolean copied = made % 2 == 0;
        Path file = folder.resolve("film-%03d.%s".formatted(made++, copied ? "mp4" : "avi"));
        List<String> command = new ArrayList<>(List.of(
                "ffmpeg",
                "-v",
                "error",
                "-nostdin",
                "-y",
                "-f",
                "lavfi",
                "-i",
                "testsrc2=size=160x120:rate=10:duration=2,hue=h=" + random.nextInt(360)));
        command.addAll(
                copied
                        ? List.of("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p")
                        : List.of("-c:v", "mpeg4"));
        command.addAll(List.of("-threads", "1", "-metadata", "comment=" + random.nextLong(), file.toString()));
        Process ffmpeg = new ProcessBuilder(command).inheritIO().start();
        try {
            if (!ffmpeg.waitFor(1, TimeUnit.MINUTES) || ffmpeg.exitValue() != 0) {
                throw new IOException("ffmpeg could not make " + file);
            }
        } catch (InterruptedException e) {
            ffmpeg.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while a film was made", e);
        }
        return file;
    }
}
