package io.sluice.media.video;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.sluice.contract.ErrorCode;

/** The frame that stands for a video is upright, fits its box, and shows something. */
@Timeout(60)
class FramesTest {

    private static final VideoTools TOOLS = new VideoTools(TestVideoSettings.usual());

    @TempDir
    Path folder;

    private BufferedImage frame(Path source) throws IOException {
        Path target = folder.resolve("frame.png");
        FrameTaken taken = TOOLS.frame(source, TestVideos.probed(TOOLS, source), target);
        assertThat(taken).isInstanceOf(FrameTaken.Taken.class);
        BufferedImage image = ImageIO.read(target.toFile());
        assertThat(taken).isEqualTo(new FrameTaken.Taken(image.getWidth(), image.getHeight()));
        return image;
    }

    @ParameterizedTest
    @CsvSource({
        "plain.mp4,       320,  180",
        "turned.mp4,      180,  320",
        "hevc.mp4,        320,  180",
        "hdr.mp4,         320,  180",
        "vp9.webm,        320,  180",
        "old.avi,         320,  180",
        "interlaced.ts,   320,  180",
        "odd.mkv,         161,  91",
        "wide-pixels.mkv, 320,  144",
        "clip-1080.mp4,   1440, 810"
    })
    void aFrameIsAsAPlayerShowsIt(String name, int width, int height) throws IOException {
        BufferedImage image = frame(TestVideos.of(name));
        assertThat(image.getWidth()).isEqualTo(width);
        assertThat(image.getHeight()).isEqualTo(height);
        assertThat(brightness(image)).isGreaterThan(40);
    }

    @Test
    void aTurnedVideoIsShownTurned() throws IOException {
        BufferedImage plain = frame(TestVideos.plain());
        BufferedImage turned = frame(TestVideos.of("turned.mp4"));
        // Clockwise by 90 degrees: what was at the left is at the top.
        int[][] points = {{40, 40}, {280, 40}, {40, 140}, {280, 140}, {160, 20}};
        for (int[] point : points) {
            assertThat(distance(plain.getRGB(point[0], point[1]), turned.getRGB(179 - point[1], point[0])))
                    .isLessThan(60);
        }
    }

    @Test
    void aBlackBeginningIsPassedOver() throws IOException {
        assertThat(brightness(frame(TestVideos.of("black-start.mp4")))).isGreaterThan(40);
    }

    @Test
    void aVideoOfWhichNothingCanBeDecodedIsDamaged() throws IOException {
        Path source = TestVideos.of("silent.mp4");
        Probed.Video video = TestVideos.probed(TOOLS, source);
        Path broken = TestVideos.changed(source, folder.resolve("broken.mp4"), bytes -> {
            // The samples stand before the index.
            for (int i = 100; i < bytes.length - 4_000; i++) {
                bytes[i] = (byte) (i * 31);
            }
            return bytes;
        });
        Path target = folder.resolve("frame.png");
        assertThat(TOOLS.frame(broken, video, target))
                .isInstanceOfSatisfying(FrameTaken.Refused.class, refused -> assertThat(refused.code())
                        .isEqualTo(ErrorCode.VIDEO_DAMAGED));
        assertThat(Files.exists(target)).isFalse();
    }

    private static double brightness(BufferedImage image) {
        double sum = 0;
        for (int x = 0; x < image.getWidth(); x++) {
            for (int y = 0; y < image.getHeight(); y++) {
                sum += (image.getRGB(x, y) >> 8) & 0xff;
            }
        }
        return sum / image.getWidth() / image.getHeight();
    }

    private static int distance(int one, int other) {
        int distance = 0;
        for (int shift = 0; shift <= 16; shift += 8) {
            distance += Math.abs(((one >> shift) & 0xff) - ((other >> shift) & 0xff));
        }
        return distance;
    }
}
