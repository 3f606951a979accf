package io.sluice.localstack.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each demo video is what it says it is, as ffprobe sees it. */
class DemoVideosTest {

    @Test
    void each_video_shows_what_it_is_there_for(@TempDir Path first, @TempDir Path second) throws Exception {
        List<DemoFile> videos = DemoVideos.write(first);

        assertThat(videos).extracting(DemoFile::path).doesNotHaveDuplicates().hasSize(7);
        assertThat(streams(first.resolve("harbour.mp4"))).containsExactly("h264", "aac");
        assertThat(streams(first.resolve("ridge.mov"))).containsExactly("hevc", "aac");
        assertThat(streams(first.resolve("dunes.webm"))).containsExactly("vp9", "opus");
        assertThat(streams(first.resolve("silent.mp4"))).containsExactly("h264");
        assertThat(probe("stream_side_data=rotation", first.resolve("VID_20240611_201500.mp4")))
                .contains("-90");
        assertThat(probe("stream=r_frame_rate,avg_frame_rate", first.resolve("uneven.mp4")).stream()
                        .distinct())
                .as("rates that differ")
                .hasSizeGreaterThan(1);
        for (DemoFile video : videos) {
            assertThat(Double.parseDouble(probe("format=duration", first.resolve(video.path()))
                            .getFirst()))
                    .as(video.path())
                    .isBetween(3.9, 6.1);
            assertThat(decodes(first.resolve(video.path()))).as(video.path()).isEqualTo(video.shown());
        }

        DemoVideos.write(second);
        for (DemoFile video : videos) {
            assertThat(second.resolve(video.path()))
                    .as(video.path())
                    .hasBinaryContent(Files.readAllBytes(first.resolve(video.path())));
        }
    }

    private static List<String> streams(Path video) throws IOException, InterruptedException {
        return probe("stream=codec_name", video);
    }

    private static List<String> probe(String entries, Path video) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        "ffprobe",
                        "-v",
                        "error",
                        "-of",
                        "default=nw=1:nk=1",
                        "-show_entries",
                        entries,
                        video.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new ArrayList<>(said.lines().filter(line -> !line.isBlank()).toList());
    }

    private static boolean decodes(Path video) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        "ffmpeg", "-nostdin", "-v", "error", "-xerror", "-i", video.toString(), "-f", "null", "-")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue() == 0;
    }
}
