package io.sluice.media.video;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.sluice.media.image.Command;

/** Small videos of every kind, made by ffmpeg once a JVM. */
final class TestVideos {

    static final String PLACE = "+48.1234+011.5678/";

    private static final Path FOLDER = folder();
    private static final Map<String, Path> MADE = new ConcurrentHashMap<>();

    private static final List<String> PICTURES =
            List.of("-f", "lavfi", "-i", "testsrc2=size=320x180:rate=15:duration=5");
    private static final List<String> SOUND = List.of("-f", "lavfi", "-i", "sine=frequency=440:duration=5");
    private static final List<String> X264 = List.of("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p");

    private TestVideos() {}

    /** H.264 and AAC as a telephone writes it, with a place in it. */
    static Path plain() {
        return made("plain.mp4", PICTURES, SOUND, X264, List.of("-g", "15", "-c:a", "aac"), PRIVATE);
    }

    static final List<String> PRIVATE = List.of(
            "-metadata",
            "location=" + PLACE,
            "-metadata",
            "title=Secret title",
            "-metadata:s:v",
            "handler_name=Secret handler",
            "-movflags",
            "+use_metadata_tags");

    static Path of(String name) {
        return switch (name) {
            case "plain.mp4" -> plain();
            case "b-frames.mkv" ->
                made(name, PICTURES, SOUND, List.of("-c:v", "libx264", "-g", "15", "-bf", "3", "-c:a", "aac"));
            case "plain.ts" -> made(name, PICTURES, SOUND, X264, List.of("-g", "15", "-c:a", "aac"));
            case "plain.flv" -> made(name, PICTURES, SOUND, X264, List.of("-g", "15", "-c:a", "aac"));
            case "silent.mp4" -> made(name, PICTURES, X264, List.of("-g", "15"));
            case "mp3.mkv" -> made(name, PICTURES, SOUND, X264, List.of("-g", "15", "-c:a", "libmp3lame"));
            case "hevc.mp4" ->
                made(
                        name,
                        PICTURES,
                        SOUND,
                        List.of(
                                "-c:v",
                                "libx265",
                                "-preset",
                                "ultrafast",
                                "-x265-params",
                                "log-level=none",
                                "-c:a",
                                "aac"));
            case "ten-bit.mkv" ->
                made(
                        name,
                        PICTURES,
                        SOUND,
                        List.of(
                                "-c:v",
                                "libx264",
                                "-preset",
                                "ultrafast",
                                "-pix_fmt",
                                "yuv420p10le",
                                "-c:a",
                                "libopus"));
            case "vp9.webm" ->
                made(
                        name,
                        PICTURES,
                        SOUND,
                        List.of("-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-c:a", "libopus"));
            case "old.avi" -> made(name, PICTURES, SOUND, List.of("-c:v", "mpeg4", "-c:a", "libmp3lame"));
            case "interlaced.ts" ->
                made(
                        name,
                        PICTURES,
                        SOUND,
                        List.of(
                                "-vf",
                                "interlace",
                                "-c:v",
                                "libx264",
                                "-preset",
                                "ultrafast",
                                "-pix_fmt",
                                "yuv420p",
                                "-flags",
                                "+ildct+ilme",
                                "-x264-params",
                                "tff=1",
                                "-c:a",
                                "mp2"));
            case "mpeg2.mpg" -> made(name, PICTURES, SOUND, List.of("-c:v", "mpeg2video", "-c:a", "mp2"));
            case "turned.mp4" -> copied(name, plain(), List.of("-c", "copy", "-metadata:s:v:0", "rotate=270"));
            case "varying.mp4" ->
                made(
                        name,
                        List.of(
                                "-f",
                                "lavfi",
                                "-i",
                                "testsrc2=size=320x180:rate=30:duration=5,select='lt(mod(n\\,30)\\,7)+lt(n\\,60)'"),
                        X264,
                        List.of("-fps_mode", "vfr", "-g", "15"));
            case "varying.webm" ->
                made(
                        name,
                        List.of(
                                "-f",
                                "lavfi",
                                "-i",
                                "testsrc2=size=320x180:rate=30:duration=5,select='lt(mod(n\\,30)\\,7)+lt(n\\,60)'"),
                        List.of("-fps_mode", "vfr", "-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8"));
            case "hdr.mp4" ->
                made(
                        name,
                        PICTURES,
                        List.of(
                                "-vf",
                                "format=yuv420p10le",
                                "-c:v",
                                "libx265",
                                "-preset",
                                "ultrafast",
                                "-x265-params",
                                "log-level=none:colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc",
                                "-color_primaries",
                                "bt2020",
                                "-color_trc",
                                "smpte2084",
                                "-colorspace",
                                "bt2020nc"));
            case "fast.mkv" ->
                made(
                        name,
                        List.of("-f", "lavfi", "-i", "testsrc2=size=160x90:rate=120:duration=2"),
                        List.of("-c:v", "mpeg4"));
            case "odd.mkv" ->
                made(
                        name,
                        List.of("-f", "lavfi", "-i", "testsrc=size=161x91:rate=10:duration=2"),
                        List.of("-c:v", "ffv1"));
            case "wide-pixels.mkv" ->
                made(
                        name,
                        List.of("-f", "lavfi", "-i", "testsrc2=size=180x144:rate=10:duration=2,setsar=16/9"),
                        List.of("-c:v", "mpeg4"));
            case "sound.mp4" -> made(name, SOUND, List.of("-c:a", "aac"));
            case "cover.m4a" ->
                made(
                        name,
                        SOUND,
                        List.of("-f", "lavfi", "-i", "color=red:size=64x64:duration=1:rate=1"),
                        List.of("-c:a", "aac", "-c:v", "mjpeg", "-disposition:v", "attached_pic", "-f", "ipod"));
            case "black-start.mp4" ->
                made(
                        name,
                        List.of(
                                "-f",
                                "lavfi",
                                "-i",
                                "testsrc2=size=320x180:rate=30:duration=5,drawbox=enable='lt(t,1)':color=black:t=fill"),
                        X264,
                        List.of("-g", "15"));
            case "clip-1080.mp4" ->
                made(
                        name,
                        List.of("-f", "lavfi", "-i", "testsrc2=size=1920x1080:rate=10:duration=12"),
                        List.of("-f", "lavfi", "-i", "sine=duration=12"),
                        List.of("-c:v", "mpeg4", "-q:v", "8", "-c:a", "aac"));
            case "long.avi" ->
                made(
                        name,
                        List.of("-f", "lavfi", "-i", "testsrc2=size=640x360:rate=30:duration=90"),
                        List.of("-c:v", "mpeg4", "-q:v", "20", "-g", "300"));
            case "large.mp4" ->
                made(
                        name,
                        List.of(
                                "-f",
                                "lavfi",
                                "-i",
                                "nullsrc=size=320x180:rate=15:duration=6,geq=random(1)*255:128:128"),
                        X264,
                        List.of("-crf", "10", "-g", "15"));
            case "huge-frames.mkv" ->
                made(
                        name,
                        List.of("-f", "lavfi", "-i", "color=red:size=7680x4320:rate=2:duration=1"),
                        List.of("-c:v", "mpeg4"));
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** A second of a very small video in that container. */
    static Path tiny(String extension) {
        List<String> codecs =
                switch (extension) {
                    case "webm" -> List.of("-c:v", "libvpx", "-deadline", "realtime", "-c:a", "libopus");
                    case "avi" -> List.of("-c:v", "mpeg4", "-c:a", "libmp3lame");
                    default -> List.of("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac");
                };
        return made(
                "tiny." + extension,
                List.of("-f", "lavfi", "-i", "testsrc2=size=96x64:rate=10:duration=1"),
                List.of("-f", "lavfi", "-i", "sine=duration=1"),
                codecs,
                List.of("-g", "5"));
    }

    /** A file of the shared folder, made from that input by that recipe unless it is there. */
    static Path copied(String name, Path source, List<String> options) {
        return made(name, List.of("-i", source.toString()), options);
    }

    @SafeVarargs
    private static Path made(String name, List<String>... parts) {
        return MADE.computeIfAbsent(name, _ -> {
            List<String> command = new ArrayList<>(List.of("ffmpeg", "-v", "error", "-nostdin", "-y"));
            for (List<String> part : parts) {
                command.addAll(part);
            }
            Path file = FOLDER.resolve(name);
            command.add(file.toString());
            Command.run(command.toArray(String[]::new));
            return file;
        });
    }

    /** A copy of that, in the folder, under that name, as its bytes are changed. */
    static Path changed(Path source, Path target, UnaryOperator<byte[]> change) {
        try {
            return Files.write(target, change.apply(Files.readAllBytes(source)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path linked(Path source, Path target) throws IOException {
        return Files.copy(source, target, StandardCopyOption.REPLACE_EXISTING);
    }

    static Probed.Video probed(VideoTools tools, Path file) {
        return switch (tools.probe(file)) {
            case Probed.Video video -> video;
            case Probed.Refused refused -> throw new AssertionError(refused.toString());
        };
    }

    private static Path folder() {
        try {
            Path folder = Files.createTempDirectory("sluice-test-videos-");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(folder)));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void remove(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
