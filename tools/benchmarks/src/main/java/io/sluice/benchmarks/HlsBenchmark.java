package io.sluice.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.sluice.localstack.LocalStack;

/**
 * Streams on demand, as a player sees them through the gateway, against bare ffmpeg on the same files in the same run: the
 * first segment and the whole stream, by copy (H.264) and encoded anew (MPEG-4). Each video is played once, so each is
 * another file. {@code -Dbench.runs=N} of each, {@code -Dbench.seconds=N} long. The workers are off: nothing but what is
 * asked for runs.
 */
final class HlsBenchmark implements Bench.Benchmark {

    private static final int WARM_UP = 2;

    /** A way to make a stream, with the codec of the videos that need it. */
    private enum Way {
        COPY("copy", List.of("-c:v", "libx264", "-preset", "ultrafast", "-g", "25", "-pix_fmt", "yuv420p")) {
            @Override
            double bare(Path video, Path folder) throws Exception {
                return BareFfmpeg.copy(video, folder);
            }
        },
        TRANSCODE("transcode", List.of("-c:v", "mpeg4", "-q:v", "4", "-g", "25")) {
            @Override
            double bare(Path video, Path folder) throws Exception {
                return BareFfmpeg.transcode(video, folder);
            }
        };

        private final String word;
        private final List<String> codec;

        Way(String word, List<String> codec) {
            this.word = word;
            this.codec = codec;
        }

        abstract double bare(Path video, Path folder) throws Exception;

        String name(int number) {
            return word + "-" + number + ".mp4";
        }
    }

    @Override
    public void run() throws Exception {
        int runs = Integer.getInteger("bench.runs", 20);
        int seconds = Integer.getInteger("bench.seconds", 30);
        Path folder = Files.createTempDirectory("sluice-bench");
        try {
            Path videos = Files.createDirectories(folder.resolve("videos"));
            for (Way way : Way.values()) {
                write(way, videos, runs + WARM_UP, seconds);
            }
            try (LocalStack stack = LocalStack.builder(folder.resolve("stack"))
                    .library("videos", videos)
                    .setting("media", "sluice.video.workers", "0")
                    .start()) {
                StreamClient client = new StreamClient(stack);
                Map<String, String> hashes = client.videos((runs + WARM_UP) * Way.values().length);
                for (Way way : Way.values()) {
                    measure(way, runs, seconds, client, hashes, folder);
                }
            }
        } finally {
            Folder.delete(folder);
        }
    }

    /** One video a way, and the others by their title: other bytes, the same work. */
    private static void write(Way way, Path videos, int count, int seconds) throws Exception {
        Path first = videos.resolve(way.name(0));
        List<String> arguments = new ArrayList<>(List.of(
                "-f",
                "lavfi",
                "-i",
                "testsrc2=s=1280x720:r=25:d=" + seconds,
                "-f",
                "lavfi",
                "-i",
                "sine=f=220:r=48000:d=" + seconds));
        arguments.addAll(way.codec);
        arguments.addAll(List.of("-c:a", "aac", "-b:a", "96k", "-movflags", "+faststart", first.toString()));
        BareFfmpeg.run(arguments);
        for (int number = 1; number < count; number++) {
            BareFfmpeg.run(List.of(
                    "-i",
                    first.toString(),
                    "-c",
                    "copy",
                    "-movflags",
                    "+faststart",
                    "-metadata",
                    "title=" + number,
                    videos.resolve(way.name(number)).toString()));
        }
    }

    private static void measure(
            Way way, int runs, int seconds, StreamClient client, Map<String, String> hashes, Path folder)
            throws Exception {
        double[] first = new double[runs];
        double[] whole = new double[runs];
        double[] bare = new double[runs];
        for (int number = 0; number < runs + WARM_UP; number++) {
            String name = way.name(number);
            String hash = hashes.get(name);
            if (hash == null) {
                throw new IllegalStateException(name + " did not become an asset");
            }
            StreamClient.Played played = client.play(hash);
            // In turns, so that what else the machine does meets both.
            double alone = way.bare(folder.resolve("videos").resolve(name), folder.resolve("bare-" + name));
            if (number >= WARM_UP) {
                first[number - WARM_UP] = played.firstSegment();
                whole[number - WARM_UP] = played.whole();
                bare[number - WARM_UP] = alone;
            }
        }
        System.out.printf(Locale.ROOT, "%s, %d videos of %d s, 1280x720%n", way.word, runs, seconds);
        print("first segment on demand", first);
        print("whole stream", whole);
        print("bare ffmpeg, whole", bare);
        System.out.printf(
                Locale.ROOT,
                "  ratio  whole / bare %.2f   first segment / bare whole %.2f (p50)%n",
                at(whole, 50) / at(bare, 50),
                at(first, 50) / at(bare, 50));
    }

    private static void print(String what, double[] millis) {
        System.out.printf(Locale.ROOT, "  %-24s p50 %,8.0f ms   p95 %,8.0f ms%n", what, at(millis, 50), at(millis, 95));
    }

    /** The value that so many percent do not exceed. */
    private static double at(double[] values, int percent) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[Math.max(0, (int) Math.ceil(sorted.length * percent / 100.0) - 1)];
    }
}
