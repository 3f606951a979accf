package io.sluice.media;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.sluice.media.image.Command;

/** Videos of all sorts, made by ffmpeg; those of one seed and length have the same bytes. */
final class TestVideos {

    private final Path folder;

    TestVideos(Path folder) {
        this.folder = folder;
    }

    /** What a browser plays as it is: H.264 and AAC. */
    Path h264(String name, int seconds) {
        return make(name, seconds, "320x240", "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p");
    }

    /** What a telephone takes and no browser plays everywhere. */
    Path hevc(String name, int seconds) {
        return make(
                name, seconds, "320x240", "-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=error");
    }

    /** Soon written, and long in the making: large and to be transcoded. */
    Path slow(String name, int seconds) {
        return make(name, seconds, "1280x720", "-c:v", "mpeg4", "-q:v", "8");
    }

    /** Its header says more than there is. */
    Path cutOff(String name, int seconds) throws IOException {
        Path file =
                make(name, seconds, "320x240", "-c:v", "libx264", "-preset", "ultrafast", "-movflags", "+faststart");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() / 2);
        }
        return file;
    }

    /** A stream as an upstream delivers it: {@code <name>/index.m3u8} with MPEG-TS segments. */
    Path delivered(String name, Path video) throws IOException {
        Path tree = Files.createDirectories(folder.resolve(name));
        Path playlist = tree.resolve("index.m3u8");
        Command.run(
                "ffmpeg",
                "-v",
                "error",
                "-y",
                "-i",
                video.toString(),
                "-c",
                "copy",
                "-f",
                "hls",
                "-hls_time",
                "1",
                "-hls_list_size",
                "0",
                "-hls_segment_filename",
                tree.resolve("part%03d.ts").toString(),
                playlist.toString());
        return playlist;
    }

    private Path make(String name, int seconds, String size, String... codec) {
        Path file = folder.resolve(name);
        List<String> command = new ArrayList<>(List.of("ffmpeg", "-v", "error", "-y"));
        command.addAll(List.of("-f", "lavfi", "-i", "testsrc2=rate=25:size=%s:duration=%d".formatted(size, seconds)));
        command.addAll(List.of("-f", "lavfi", "-i", String.format(Locale.ROOT, "sine=duration=%d", seconds)));
        command.addAll(List.of(codec));
        command.addAll(List.of("-g", "25", "-c:a", "aac", "-shortest", "-threads", "1", file.toString()));
        Command.run(command.toArray(String[]::new));
        return file;
    }
}
