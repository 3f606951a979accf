package io.sluice.localstack.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.sluice.localstack.StackException;

/** Writes the demo library's videos; ffmpeg makes them. */
public final class DemoVideos {

    private static final int WIDTH = 960;
    private static final int HEIGHT = 540;

    private DemoVideos() {}

    private record Video(String path, String shows, boolean shown, Callable<byte[]> bytes) {}

    private record Made(Video video, Future<byte[]> bytes) {}

    /**
     * Writes all videos into that folder, which is made when it is missing. Files of the same names are overwritten.
     *
     * @return what was written, one entry a file
     * @throws StackException when ffmpeg is missing or fails, or the folder cannot be written
     */
    public static List<DemoFile> write(Path folder) {
        // Each is made by one thread of its own process.
        try (ExecutorService makers =
                Executors.newFixedThreadPool(Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 8))) {
            List<Made> all = videos().stream()
                    .map(video -> new Made(video, makers.submit(video.bytes)))
                    .toList();
            DemoWriter writer = new DemoWriter(folder);
            for (Made made : all) {
                Video video = made.video;
                if (video.shown) {
                    writer.good(video.path, video.shows, made.bytes.get());
                } else {
                    writer.bad(video.path, video.shows, made.bytes.get());
                }
            }
            return writer.written();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted", e);
        } catch (IOException | ExecutionException e) {
            Throwable cause = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
            throw new StackException("Cannot write the demo videos into " + folder + ": " + cause.getMessage(), cause);
        }
    }

    private static List<Video> videos() {
        Clip hevc = aac(landscape(4, 72))
                .codec(
                        "-c:v",
                        "libx265",
                        "-preset",
                        "ultrafast",
                        "-x265-params",
                        "pools=none:frame-threads=1:log-level=none",
                        "-tag:v",
                        "hvc1");
        Clip vp9 = landscape(4, 73)
                .codec("-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-b:v", "900k")
                .sound("-c:a", "libopus", "-b:a", "64k");
        Clip uneven = aac(landscape(6, 76)).pictures("lt(mod(n,50),25)+not(mod(n,4))");
        return List.of(
                good("harbour.mp4", "H.264 and AAC, which browsers play", aac(landscape(5, 71))),
                good("ridge.mov", "HEVC, which few browsers play", hevc),
                good("dunes.webm", "VP9 and Opus in WebM", vp9),
                good("silent.mp4", "no audio", landscape(4, 74)),
                new Video("VID_20240611_201500.mp4", "a phone held upright: stored lying", true, () -> {
                    Clip lying = aac(Clip.letter(HEIGHT, WIDTH, 4, 75)).stored90();
                    return TurnedMovie.byQuarter(bytes(lying, ".mp4"), HEIGHT);
                }),
                good("uneven.mp4", "pictures at uneven times", uneven),
                new Video("broken/truncated.mp4", "cut off in the middle of its data", false, () -> {
                    byte[] whole = bytes(aac(landscape(5, 77)), ".mp4");
                    return Arrays.copyOf(whole, whole.length * 11 / 20);
                }));
    }

    private static Clip landscape(int seconds, long seed) {
        return Clip.landscape(WIDTH, HEIGHT, seconds, seed);
    }

    private static Clip aac(Clip clip) {
        return clip.sound("-c:a", "aac", "-b:a", "96k");
    }

    private static Video good(String path, String shows, Clip clip) {
        return new Video(path, shows, true, () -> bytes(clip, path.substring(path.lastIndexOf('.'))));
    }

    private static byte[] bytes(Clip clip, String ending) throws IOException {
        Path file = Files.createTempFile("sluice-clip", ending);
        try {
            clip.write(file);
            return Files.readAllBytes(file);
        } finally {
            Files.delete(file);
        }
    }
}
