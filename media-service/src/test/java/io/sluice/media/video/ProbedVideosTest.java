package io.sluice.media.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.contract.media.v1.VideoFacts;
import io.sluice.media.image.Command;
import io.sluice.media.library.PathBytes;

/** What a container says is told as facts; what is no video is refused with the right word. */
@Timeout(60)
class ProbedVideosTest {

    private static final VideoTools TOOLS = new VideoTools(TestVideoSettings.usual());

    @TempDir
    Path folder;

    private static void assertRefused(Path source, ErrorCode code) {
        assertThat(TOOLS.probe(source)).isInstanceOfSatisfying(Probed.Refused.class, refused -> {
            assertThat(refused.code()).as(refused.reason()).isEqualTo(code);
            assertThat(refused.reason()).isNotBlank().doesNotContain("\n", "0x", "source");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "plain.mp4,   320, 180, h264,  aac,  0,  yuv420p,     15",
        "turned.mp4,  180, 320, h264,  aac,  90, yuv420p,     15",
        "silent.mp4,  320, 180, h264,  '',   0,  yuv420p,     15",
        "ten-bit.mkv, 320, 180, h264,  opus, 0,  yuv420p10le, 15",
        "old.avi,     320, 180, mpeg4, mp3,  0,  yuv420p,     15",
        "vp9.webm,    320, 180, vp9,   opus, 0,  yuv420p,     15"
    })
    void factsAreToldAsAPlayerShowsThem(
            String name, int width, int height, String codec, String audio, int rotation, String pixels, int rate) {
        Probed.Video video = TestVideos.probed(TOOLS, TestVideos.of(name));

        VideoFacts facts = video.facts();
        assertThat(video.width()).isEqualTo(width);
        assertThat(video.height()).isEqualTo(height);
        assertThat(facts.getVideoCodec()).isEqualTo(codec);
        assertThat(facts.getAudioCodec()).isEqualTo(audio);
        assertThat(facts.getRotation()).isEqualTo(rotation);
        assertThat(facts.getPixelFormat()).isEqualTo(pixels);
        assertThat(facts.getFrameRate()).isBetween(rate - 0.1, rate + 0.1);
        assertThat(facts.getDurationMs()).isBetween(4_900L, 5_150L);
        assertThat(facts.getBitRate()).isPositive();
    }

    @Test
    void aCoverInAContainerOfSoundIsNoVideo() {
        assertRefused(TestVideos.of("cover.m4a"), ErrorCode.NOT_A_VIDEO);
        assertRefused(TestVideos.of("sound.mp4"), ErrorCode.NOT_A_VIDEO);
    }

    @ParameterizedTest
    @ValueSource(strings = {"still.jpg", "still.png", "still.webp"})
    void aPictureIsNoVideoWhateverItIsCalled(String name) throws IOException {
        Path picture = folder.resolve(name);
        Command.run(
                "ffmpeg",
                "-v",
                "error",
                "-f",
                "lavfi",
                "-i",
                "color=red:size=64x64",
                "-frames:v",
                "1",
                picture.toString());
        Path disguised = Files.move(picture, folder.resolve("still.mp4"));
        assertRefused(disguised, ErrorCode.NOT_A_VIDEO);
    }

    @Test
    void aContainerWithoutItsIndexIsDamaged() {
        // The index of a plain MP4 stands at its end.
        Path half = TestVideos.changed(TestVideos.plain(), folder.resolve("half.mp4"), half());
        assertRefused(half, ErrorCode.VIDEO_DAMAGED);
    }

    @Test
    void whatIsThereButCannotBeReadSaysWhy() throws IOException {
        assertRefused(folder.resolve("gone.mp4"), ErrorCode.FILE_VANISHED);
        assertRefused(Files.createDirectory(folder.resolve("folder.mp4")), ErrorCode.NOT_A_VIDEO);
        assertRefused(Files.createFile(folder.resolve("empty.mp4")), ErrorCode.FILE_EMPTY);
        assertRefused(
                Files.createSymbolicLink(folder.resolve("link.mp4"), folder.resolve("nowhere")),
                ErrorCode.FILE_VANISHED);
        Path pipe = folder.resolve("pipe.mp4");
        Command.run("mkfifo", pipe.toString());
        assertRefused(pipe, ErrorCode.NOT_A_VIDEO);
    }

    @Test
    void framesBeyondTheLimitAreNotDecoded() {
        VideoSettings narrow = TestVideoSettings.with(settings -> settings.maxPixels(10_000));
        assertThat(new VideoTools(narrow).probe(TestVideos.plain()))
                .isInstanceOfSatisfying(Probed.Refused.class, refused -> {
                    assertThat(refused.code()).isEqualTo(ErrorCode.VIDEO_TOO_LARGE);
                    assertThat(refused.reason()).contains("320 × 180", "sluice.video.max-pixels");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"-i.mp4", "http:x.mp4", "concat:a|b.mp4", "%05d.mp4", "a b'\"$(x).mp4"})
    void aNameIsNeverReadAsSomethingElse(String name) throws IOException {
        Path file = TestVideos.linked(TestVideos.plain(), folder.resolve(name));
        assertThat(TOOLS.probe(file)).isInstanceOf(Probed.Video.class);
    }

    @Test
    void aNameMayBeAnyBytes() throws IOException {
        byte[] before = PathBytes.of(folder);
        byte[] path = Arrays.copyOf(before, before.length + 4);
        System.arraycopy(new byte[] {'/', (byte) 0xff, (byte) 0xfe, 'x'}, 0, path, before.length, 4);
        Path file = TestVideos.linked(TestVideos.plain(), PathBytes.absolute(path));
        assertThat(TOOLS.probe(file)).isInstanceOf(Probed.Video.class);
    }

    @Test
    void withoutFfmpegWorkWaitsAndTheAnswerNamesTheCure() {
        VideoTools without = new VideoTools(TestVideoSettings.with(settings -> settings.ffprobe("ffprobe-missing")));
        assertThatThrownBy(() -> without.probe(TestVideos.plain())).isInstanceOfSatisfying(CodedException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.DECODER_MISSING);
            assertThat(e).hasMessageContaining("apt-get install ffmpeg").hasMessageContaining("sluice.video.ffprobe");
        });
        assertThatThrownBy(without::version).isInstanceOfSatisfying(CodedException.class, e -> assertThat(e.code())
                .isEqualTo(ErrorCode.DECODER_MISSING));
        assertThat(TOOLS.version()).isNotBlank();
    }

    private static UnaryOperator<byte[]> half() {
        return bytes -> Arrays.copyOf(bytes, bytes.length / 2);
    }
}
