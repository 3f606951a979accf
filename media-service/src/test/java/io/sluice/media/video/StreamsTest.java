package io.sluice.media.video;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.sluice.media.image.Command;

/** What is made of good videos plays everywhere, is whole, and says nothing of where it was taken. */
@Timeout(60)
class StreamsTest {

    private static final VideoTools TOOLS = new VideoTools(TestVideoSettings.usual());

    @TempDir
    Path folder;

    private StreamMade.Made made(Path source) {
        Probed.Video video = TestVideos.probed(TOOLS, source);
        StreamMade made = TOOLS.make(TOOLS.plan(video), video, source, folder, new Watched(), () -> false);
        assertThat(made).isInstanceOf(StreamMade.Made.class);
        return (StreamMade.Made) made;
    }

    private Path playlist() {
        return folder.resolve("playlist.m3u8");
    }

    /** What a decoder is given of that track, whatever it lies in. */
    private static String packets(Path file, String track) {
        return Command.run(
                        "ffmpeg",
                        "-v",
                        "error",
                        "-i",
                        file.toString(),
                        "-map",
                        "0:" + track,
                        "-c",
                        "copy",
                        "-f",
                        "streamhash",
                        "-")
                .strip();
    }

    private static String said(Path file, String entries) {
        // A playlist is a programme as well, so that all is said twice.
        return Command.run("ffprobe", "-v", "error", "-of", "csv=p=0", "-show_entries", entries, file.toString())
                .lines()
                .filter(line -> !line.isBlank())
                .distinct()
                .collect(Collectors.joining("\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain.mp4", "b-frames.mkv", "plain.flv"})
    void whatABrowserPlaysIsCopiedBitForBit(String name) throws IOException {
        Path source = TestVideos.of(name);
        Probed.Video video = TestVideos.probed(TOOLS, source);
        assertThat(TOOLS.plan(video)).isEqualTo(new StreamPlan.Copy());

        StreamMade.Made made = made(source);

        assertThat(packets(playlist(), "v")).isEqualTo(packets(source, "v"));
        assertThat(packets(playlist(), "a")).isEqualTo(packets(source, "a"));
        assertThat(made.width()).isEqualTo(320);
        assertThat(made.height()).isEqualTo(180);
        assertThat(made.durationMs()).isBetween(4_900L, 5_200L);
        assertThat(made.segments()).isEqualTo(2);
        assertWholeAndNothingElse(made);
    }

    @ParameterizedTest
    @CsvSource({
        "mp3.mkv,       copy_video, 320, 180",
        "silent.mp4,    copy,       320, 180",
        "varying.mp4,   copy,       320, 180",
        "plain.ts,      copy,       320, 180",
        "hevc.mp4,      transcode,  320, 180",
        "ten-bit.mkv,   transcode,  320, 180",
        "vp9.webm,      transcode,  320, 180",
        "varying.webm,  transcode,  320, 180",
        "old.avi,       transcode,  320, 180",
        "mpeg2.mpg,     transcode,  320, 180",
        "interlaced.ts, transcode,  320, 180",
        "turned.mp4,    transcode,  180, 320",
        "hdr.mp4,       transcode,  320, 180",
        "fast.mkv,      transcode,  160,  90",
        "odd.mkv,       transcode,  160,  90",
        "wide-pixels.mkv, transcode, 320, 144"
    })
    void everythingBecomesAWholeStreamOfH264AndAac(String name, String plan, int width, int height) throws IOException {
        Path source = TestVideos.of(name);
        Probed.Video video = TestVideos.probed(TOOLS, source);
        assertThat(TOOLS.plan(video).label()).isEqualTo(plan);

        StreamMade.Made made = made(source);

        assertThat(made.width()).isEqualTo(width);
        assertThat(made.height()).isEqualTo(height);
        assertThat(said(playlist(), "stream=codec_name,pix_fmt,width,height")
                        .lines()
                        .toList())
                .contains("h264,%d,%d,yuv420p".formatted(width, height))
                .hasSize(video.tracks().hasAudio() ? 2 : 1)
                .allMatch(line -> line.startsWith("h264") || line.startsWith("aac"));
        long expected = video.facts().getDurationMs();
        // How long the last picture is shown is guessed where pictures come at uneven times.
        assertThat(made.durationMs()).isBetween(expected - 500, expected + 700);
        assertWholeAndNothingElse(made);
    }

    @Test
    void anEncodedStreamBeginsWithAShortSegmentAndFitsItsBox() throws IOException {
        Path source = TestVideos.of("clip-1080.mp4");
        Probed.Video video = TestVideos.probed(TOOLS, source);

        TOOLS.make(StreamPlan.transcode(video), video, source, folder, new Watched(), () -> false);

        assertThat(Files.readAllLines(playlist()).stream()
                        .filter(line -> line.startsWith("#EXTINF"))
                        .toList())
                .startsWith("#EXTINF:1.000000,", "#EXTINF:3.000000,", "#EXTINF:4.000000,");
        assertThat(said(playlist(), "stream=width,height")).startsWith("1280,720");
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain.mp4", "turned.mp4"})
    void nothingTellsWhereItWasTaken(String name) throws IOException {
        Path source = TestVideos.copied(
                "private-" + name, TestVideos.of(name), join(List.of("-c", "copy"), TestVideos.PRIVATE));
        assertThat(bytes(source)).contains(TestVideos.PLACE, "Secret title", "Secret handler");
        Path frame = folder.resolveSibling(folder.getFileName() + ".png");

        made(source);
        TOOLS.frame(source, TestVideos.probed(TOOLS, source), frame);

        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.toList()).hasSizeGreaterThan(2).allSatisfy(file -> assertThat(bytes(file))
                    .doesNotContain(TestVideos.PLACE, "+48.1234", "Secret"));
        }
        assertThat(bytes(frame)).doesNotContain(TestVideos.PLACE, "+48.1234", "Secret", "tEXt", "eXIf");
        assertThat(said(playlist(), "format_tags:stream_tags")).doesNotContain("Secret", "48.1234");
        Files.delete(frame);
    }

    @Test
    void aPlaylistCanBeReadWhileItGrows() throws IOException {
        Path source = TestVideos.of("clip-1080.mp4");
        Probed.Video video = TestVideos.probed(TOOLS, source);
        Watched watched = new Watched();

        TOOLS.make(StreamPlan.transcode(video), video, source, folder, watched, () -> false);

        assertThat(watched.atFirst).contains("#EXT-X-PLAYLIST-TYPE:EVENT", "seg_00000.m4s");
        assertThat(watched.atFirst).doesNotContain("#EXT-X-ENDLIST", "seg_00002.m4s");
        assertThat(watched.firstWasPlayable).isTrue();
        assertThat(watched.progress).isSorted().allMatch(permille -> permille > 0 && permille < 1000);
        assertThat(watched.progress).hasSizeGreaterThan(1);
        assertThat(Files.readString(playlist())).contains("#EXT-X-ENDLIST");
    }

    private void assertWholeAndNothingElse(StreamMade.Made made) throws IOException {
        assertThat(TOOLS.check(playlist(), OptionalLong.of(made.durationMs())))
                .isInstanceOfSatisfying(PlaylistChecked.Whole.class, whole -> {
                    assertThat(whole.bytes()).isEqualTo(made.bytes());
                    assertThat(whole.segments()).isEqualTo(made.segments());
                    try (Stream<Path> files = Files.list(folder)) {
                        assertThat(files.map(folder::relativize).toList())
                                .containsExactlyInAnyOrderElementsOf(whole.files());
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                });
    }

    private static String bytes(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    }

    private static List<String> join(List<String> one, List<String> other) {
        List<String> both = new ArrayList<>(one);
        both.addAll(other);
        return both;
    }

    /** Looks at what is there at the moment it is told. */
    private final class Watched implements StreamWatcher {

        private final List<Integer> progress = new ArrayList<>();
        private String atFirst = "";
        private boolean firstWasPlayable;

        @Override
        public void firstSegment() {
            assertThat(atFirst).isEmpty();
            try {
                atFirst = Files.readString(playlist());
                firstWasPlayable = Mp4Boxes.areWhole(folder.resolve("init.mp4"))
                        && Mp4Boxes.areWhole(folder.resolve("seg_00000.m4s"));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public void progress(int permille) {
            progress.add(permille);
        }
    }
}
