package io.sluice.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The common way: ffmpeg writes a stream into a folder, with the settings that media uses, and nothing beside it. */
final class BareFfmpeg {

    private static final List<String> COPY = List.of("-c", "copy");

    private static final List<String> TRANSCODE = List.of(
            "-vf",
            "scale=w=1280:h=720:force_original_aspect_ratio=decrease:force_divisible_by=2,format=yuv420p",
            "-fps_mode",
            "vfr",
            "-c:v",
            "libx264",
            "-preset",
            "veryfast",
            "-profile:v",
            "high",
            "-crf",
            "23",
            "-maxrate",
            "4M",
            "-bufsize",
            "8M",
            "-g",
            "600",
            "-sc_threshold",
            "0",
            "-force_key_frames",
            "expr:if(lt(n_forced,2),gte(t,n_forced),gte(t,(n_forced-1)*4))",
            "-c:a",
            "aac",
            "-b:a",
            "128k",
            "-ac",
            "2");

    private BareFfmpeg() {}

    /** Milliseconds from its start to its end. */
    static double copy(Path video, Path folder) throws IOException, InterruptedException {
        return stream(video, folder, COPY, "4");
    }

    /** The same, encoded anew. */
    static double transcode(Path video, Path folder) throws IOException, InterruptedException {
        return stream(video, folder, TRANSCODE, "0.5");
    }

    private static double stream(Path video, Path folder, List<String> codecs, String seconds)
            throws IOException, InterruptedException {
        Files.createDirectories(folder);
        List<String> arguments = new ArrayList<>(List.of("-i", video.toString(), "-map", "0:v:0", "-map", "0:a:0"));
        arguments.addAll(codecs);
        arguments.addAll(List.of("-map_metadata", "-1", "-f", "hls", "-hls_time", seconds, "-hls_list_size", "0"));
        arguments.addAll(List.of("-hls_playlist_type", "event", "-hls_segment_type", "fmp4"));
        arguments.addAll(List.of("-hls_flags", "temp_file+independent_segments"));
        arguments.addAll(
                List.of("-hls_segment_filename", folder.resolve("seg_%05d.m4s").toString()));
        arguments.add(folder.resolve("playlist.m3u8").toString());
        long start = System.nanoTime();
        run(arguments);
        return (System.nanoTime() - start) / 1e6;
    }

    static void run(List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("ffmpeg", "-hide_banner", "-nostdin", "-v", "error", "-y"));
        command.addAll(arguments);
        int code = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .start()
                .waitFor();
        if (code != 0) {
            throw new IllegalStateException("ffmpeg ended with " + code + ": " + command);
        }
    }
}
