package io.sluice.media.video;

import java.time.Duration;
import java.util.OptionalInt;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How videos are read and streams are made. */
@ConfigMapping(prefix = "sluice.video")
public interface VideoConfig {

    /**
     * Streams made at once by workers; one ffmpeg keeps all CPUs busy that it is given. 0 in every process has only those
     * made that somebody plays.
     */
    @WithDefault("1")
    int workers();

    /** Streams made at once beside them, for people who wait. */
    @WithDefault("1")
    int interactive();

    /** Threads of one ffmpeg; as many as there are CPUs, but at most 16: x264 gains nothing from more at 720 lines. */
    OptionalInt threads();

    /** Longer ones get a poster, but no stream. */
    @WithDefault("24h")
    Duration maxDuration();

    /** Width × height of a frame; 8K has 33 million, a frame of a decoder needs up to 6 bytes of memory a pixel. */
    @WithDefault("70000000")
    long maxPixels();

    /** For all files of a stream; a copied one is as large as its original. */
    @WithDefault("65536")
    long maxOutputMegabytes();

    /** A stream may take so many times its duration, and a minute; one slow core makes 1080p in about its duration. */
    @WithDefault("10")
    int timeFactor();

    /** An ffmpeg that comes no further for so long hangs, most likely on the mount. */
    @WithDefault("2m")
    Duration stallLimit();

    /** For one look at a container; a good one takes 0.1 s, one that sleeps on a slow mount some seconds. */
    @WithDefault("30s")
    Duration probeTimeLimit();

    /** For one frame. */
    @WithDefault("60s")
    Duration frameTimeLimit();

    /** For all private memory of one ffmpeg: 4K in 10 bits needs about 700. 0 for no limit. */
    @WithDefault("2048")
    int memoryMegabytes();

    /** A program on the service's PATH, or a path. */
    @WithDefault("ffmpeg")
    String ffmpeg();

    /** A program on the service's PATH, or a path. */
    @WithDefault("ffprobe")
    String ffprobe();
}
