package io.sluice.media.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.sluice.media.image.Command;

/** Pictures that come at uneven times: the playlist says how long each segment is really shown. */
@Timeout(60)
class UnevenTimesTest {

    private static final VideoTools TOOLS = new VideoTools(TestVideoSettings.usual());

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"libx264", "mpeg4"})
    void itsPlaylistIsAsLongAsTheFilm(String codec) throws IOException, VideoFailure {
        Path source = folder.resolve("uneven.mp4");
        Command.run(
                "ffmpeg",
                "-v",
                "error",
                "-f",
                "lavfi",
                "-i",
                "testsrc2=size=320x180:rate=25:duration=14",
                "-vf",
                "select='lt(mod(n,50),25)+not(mod(n,5))'",
                "-fps_mode",
                "vfr",
                "-c:v",
                codec,
                "-g",
                "30",
                source.toString());
        Probed.Video video = TestVideos.probed(TOOLS, source);
        Path stream = Files.createDirectory(folder.resolve("stream"));

        assertThat(TOOLS.make(TOOLS.plan(video), video, source, stream, new Unwatched(), () -> false))
                .isInstanceOf(StreamMade.Made.class);

        Playlist playlist = Playlist.read(stream.resolve("playlist.m3u8"));
        assertThat(playlist.durationMs()).isCloseTo(video.tracks().videoDurationMs(), within(500L));
        List<Double> begins = begins(stream, playlist);
        long micros = 0;
        for (int i = 1; i < begins.size(); i++) {
            micros += playlist.segments().get(i - 1).micros();
            assertThat(micros / 1e6).as("segment %d", i).isCloseTo(begins.get(i) - begins.getFirst(), within(0.01));
        }
    }

    private static final class Unwatched implements StreamWatcher {
        @Override
        public void firstSegment() {}

        @Override
        public void progress(int permille) {}
    }

    /** When the first picture of each segment is shown, as ffprobe reads it. */
    private static List<Double> begins(Path stream, Playlist playlist) throws IOException {
        List<Double> begins = new ArrayList<>();
        for (Playlist.Segment segment : playlist.segments()) {
            Path alone = stream.resolve("alone.mp4");
            Files.write(alone, Files.readAllBytes(stream.resolve("init.mp4")));
            Files.write(alone, Files.readAllBytes(stream.resolve(segment.file().uri())), StandardOpenOption.APPEND);
            begins.add(Double.parseDouble(Command.run(
                            "ffprobe",
                            "-v",
                            "error",
                            "-select_streams",
                            "v",
                            "-show_entries",
                            "packet=pts_time",
                            "-read_intervals",
                            "%+#1",
                            "-of",
                            "csv=p=0",
                            alone.toString())
                    .lines()
                    .findFirst()
                    .orElseThrow()
                    .replace(",", "")));
        }
        return begins;
    }
}
