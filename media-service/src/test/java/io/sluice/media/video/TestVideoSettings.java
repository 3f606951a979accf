package io.sluice.media.video;

import java.time.Duration;
import java.util.function.UnaryOperator;

/** The settings of tests: those of production but for output and threads, with another value here and there. */
final class TestVideoSettings {

    private Duration maxDuration = Duration.ofHours(24);
    private long maxPixels = 70_000_000;
    private long maxOutputMegabytes = 1024;
    private Duration stallLimit = Duration.ofMinutes(2);
    private Duration probeTimeLimit = Duration.ofSeconds(30);
    private Duration frameTimeLimit = Duration.ofSeconds(60);
    private int memoryMegabytes = 2048;
    private String ffmpeg = "ffmpeg";
    private String ffprobe = "ffprobe";

    private TestVideoSettings() {}

    static VideoSettings usual() {
        return with(UnaryOperator.identity());
    }

    static VideoSettings with(UnaryOperator<TestVideoSettings> change) {
        return change.apply(new TestVideoSettings()).settings();
    }

    TestVideoSettings maxDuration(Duration value) {
        maxDuration = value;
        return this;
    }

    TestVideoSettings maxPixels(long value) {
        maxPixels = value;
        return this;
    }

    TestVideoSettings maxOutputMegabytes(long value) {
        maxOutputMegabytes = value;
        return this;
    }

    TestVideoSettings stallLimit(Duration value) {
        stallLimit = value;
        return this;
    }

    TestVideoSettings probeTimeLimit(Duration value) {
        probeTimeLimit = value;
        return this;
    }

    TestVideoSettings frameTimeLimit(Duration value) {
        frameTimeLimit = value;
        return this;
    }

    TestVideoSettings memoryMegabytes(int value) {
        memoryMegabytes = value;
        return this;
    }

    TestVideoSettings ffmpeg(String value) {
        ffmpeg = value;
        return this;
    }

    TestVideoSettings ffprobe(String value) {
        ffprobe = value;
        return this;
    }

    private VideoSettings settings() {
        return new VideoSettings(
                1,
                1,
                2,
                maxDuration,
                maxPixels,
                maxOutputMegabytes,
                10,
                stallLimit,
                probeTimeLimit,
                frameTimeLimit,
                memoryMegabytes,
                ffmpeg,
                ffprobe);
    }
}
