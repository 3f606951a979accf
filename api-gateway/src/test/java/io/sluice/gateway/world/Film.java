package io.sluice.gateway.world;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A real stream of eight seconds that ffmpeg made: a picture that counts, and a tone. A browser plays it. */
public final class Film {

    public static final int PARTS = 4;

    private static final int SEGMENT = 2;
    private static final String MAKE =
            "ffmpeg -v error -nostdin -f lavfi -i testsrc2=size=640x360:rate=25 -f lavfi -i sine=frequency=330 -t %d"
                    + " -c:v libx264 -preset ultrafast -pix_fmt yuv420p -g %d -c:a aac -f hls -hls_time %d"
                    + " -hls_segment_type fmp4 -hls_playlist_type event -hls_segment_filename seg_%%05d.m4s playlist.m3u8";

    private Film() {}

    /** All its files by their names. */
    public static Map<String, byte[]> whole() {
        return first(PARTS + 1);
    }

    /** What is there while it is made: so many parts, and a playlist without an end. */
    public static Map<String, byte[]> first(int parts) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        StringBuilder playlist = new StringBuilder();
        Path film = made();
        try {
            int told = 0;
            for (String line : Files.readAllLines(film.resolve("playlist.m3u8"))) {
                if (line.startsWith("#EXTINF") && told == parts) {
                    break;
                }
                if (!line.startsWith("#")) {
                    files.put(line, Files.readAllBytes(film.resolve(line)));
                    told++;
                }
                playlist.append(line).append('\n');
            }
            files.put("init.mp4", Files.readAllBytes(film.resolve("init.mp4")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        files.put("playlist.m3u8", playlist.toString().getBytes(UTF_8));
        return files;
    }

    /** Once a run. */
    private static synchronized Path made() {
        Path folder = Path.of(System.getProperty(GatewayInfra.HOME), "film");
        if (Files.exists(folder)) {
            return folder;
        }
        try {
            Files.createDirectories(folder);
            Process ffmpeg = new ProcessBuilder(MAKE.formatted(PARTS * SEGMENT, 25 * SEGMENT, SEGMENT)
                            .split(" "))
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(ffmpeg.getInputStream().readAllBytes(), UTF_8);
            if (!ffmpeg.waitFor(60, TimeUnit.SECONDS) || ffmpeg.exitValue() != 0) {
                throw new AssertionError("ffmpeg: " + said);
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
