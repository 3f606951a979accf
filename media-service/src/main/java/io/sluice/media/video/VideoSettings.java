package io.sluice.media.video;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** {@link VideoConfig}, checked. */
public record VideoSettings(
        int workers,
        int interactive,
        int threads,
        Duration maxDuration,
        long maxPixels,
        long maxOutputMegabytes,
        int timeFactor,
        Duration stallLimit,
        Duration probeTimeLimit,
        Duration frameTimeLimit,
        int memoryMegabytes,
        String ffmpeg,
        String ffprobe) {

    private static final int THREADS_AT_MOST = 16;
    private static final Duration SHORTEST = Duration.ofMillis(100);

    /** @throws IllegalArgumentException naming every setting that is wrong */
    public static VideoSettings of(VideoConfig config) {
        return new VideoSettings(
                config.workers(),
                config.interactive(),
                config.threads()
                        .orElse(Math.min(THREADS_AT_MOST, Runtime.getRuntime().availableProcessors())),
                config.maxDuration(),
                config.maxPixels(),
                config.maxOutputMegabytes(),
                config.timeFactor(),
                config.stallLimit(),
                config.probeTimeLimit(),
                config.frameTimeLimit(),
                config.memoryMegabytes(),
                config.ffmpeg(),
                config.ffprobe());
    }

    /** Wrong values are told all at once. */
    public VideoSettings {
        List<String> wrong = new ArrayList<>();
        require(workers >= 0 && workers <= 64, "sluice.video.workers must be 0 (none) to 64", workers, wrong);
        require(
                interactive >= 0 && interactive <= 64,
                "sluice.video.interactive must be 0 (none) to 64",
                interactive,
                wrong);
        require(threads >= 1 && threads <= 64, "sluice.video.threads must be 1 to 64", threads, wrong);
        require(
                maxDuration.compareTo(Duration.ofSeconds(1)) >= 0,
                "sluice.video.max-duration must be 1s or longer",
                maxDuration,
                wrong);
        require(maxPixels >= 1_000, "sluice.video.max-pixels must be 1000 or more", maxPixels, wrong);
        require(
                maxOutputMegabytes >= 1,
                "sluice.video.max-output-megabytes must be 1 or more",
                maxOutputMegabytes,
                wrong);
        require(timeFactor >= 1, "sluice.video.time-factor must be 1 or more", timeFactor, wrong);
        requireTime(stallLimit, "sluice.video.stall-limit", wrong);
        requireTime(probeTimeLimit, "sluice.video.probe-time-limit", wrong);
        requireTime(frameTimeLimit, "sluice.video.frame-time-limit", wrong);
        require(
                memoryMegabytes == 0 || memoryMegabytes >= 256,
                "sluice.video.memory-megabytes must be 256 or more, or 0 for no limit",
                memoryMegabytes,
                wrong);
        require(!ffmpeg.isBlank(), "sluice.video.ffmpeg must name a program", ffmpeg, wrong);
        require(!ffprobe.isBlank(), "sluice.video.ffprobe must name a program", ffprobe, wrong);
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", wrong));
        }
    }

    long maxOutputBytes() {
        return maxOutputMegabytes * 1024 * 1024;
    }

    private static void requireTime(Duration value, String name, List<String> wrong) {
        require(value.compareTo(SHORTEST) >= 0, name + " must be 100ms or longer", value, wrong);
    }

    private static void require(boolean holds, String demand, Object value, List<String> wrong) {
        if (!holds) {
            wrong.add(demand + ", is " + value);
        }
    }
}
