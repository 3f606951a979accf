package io.sluice.media.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.media.profile.Encoding;

/** What cannot be shown is refused with the right word, in bounded time, and nothing is left behind. */
@Timeout(60)
class BadPicturesTest {

    private static final ImageDecoders DECODERS = new ImageDecoders(TestSettings.of(1));

    @TempDir
    Path folder;

    private TestPictures pictures;

    @BeforeEach
    void start() {
        pictures = new TestPictures(folder);
    }

    @AfterAll
    static void stop() {
        DECODERS.close();
    }

    private void assertRefused(Path source, ErrorCode code) {
        Path output = folder.resolve("out.jpg");
        LadderAnswer answer = DECODERS.make(source, 1440, List.of(new LadderStep(1440, Encoding.JPEG, 80, output)));
        assertThat(answer).isInstanceOfSatisfying(LadderAnswer.Refused.class, refused -> {
            assertThat(refused.code()).as(refused.reason()).isEqualTo(code);
            assertThat(refused.reason()).isNotBlank().doesNotContain("\n");
        });
        assertThat(output).doesNotExist();
    }

    private Path file(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    private Path file(String name, String text) throws IOException {
        return file(name, text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x.jpg", "x.png", "x.webp", "x.tif", "x.gif", "x.heic", "x.avif"})
    void halfAPictureIsDamaged(String name) throws IOException {
        Path whole = pictures.converted(pictures.png("source.png", TestPictures.photograph(600, 400, 2)), name);
        byte[] bytes = Files.readAllBytes(whole);
        assertRefused(file("half-" + name, Arrays.copyOf(bytes, bytes.length / 2)), ErrorCode.IMAGE_DAMAGED);
        assertRefused(file("stub-" + name, Arrays.copyOf(bytes, 40)), ErrorCode.IMAGE_DAMAGED);
    }

    @Test
    void rubbishInsideAJpegIsDamage() throws IOException {
        byte[] bytes = Files.readAllBytes(pictures.jpeg("source.jpg", TestPictures.photograph(1200, 900, 2)));
        byte[] rubbish = new byte[bytes.length / 10];
        new Random(4).nextBytes(rubbish);
        System.arraycopy(rubbish, 0, bytes, bytes.length / 2, rubbish.length);
        assertRefused(file("rubbish.jpg", bytes), ErrorCode.IMAGE_DAMAGED);
    }

    @Test
    void nothingAtAllIsEmpty() throws IOException {
        assertRefused(file("empty.jpg", new byte[0]), ErrorCode.FILE_EMPTY);
    }

    @Test
    void textIsNoImage() throws IOException {
        assertRefused(file("text.jpg", "This is no picture.\n"), ErrorCode.NOT_AN_IMAGE);
        assertRefused(file("numbers.jpg", "3 4\n1 2 3\n4 5 6\n7 8 9\n1 2 3\n"), ErrorCode.NOT_AN_IMAGE);
        assertRefused(file("one.jpg", "x"), ErrorCode.NOT_AN_IMAGE);
    }

    @Test
    void unsafeFormatsAreRefusedWhateverTheyAreCalled() throws IOException {
        assertRefused(
                file("vector.jpg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"></svg>"),
                ErrorCode.FORMAT_REFUSED);
        assertRefused(file("old.png", "P6 2 2 255 aaaaaaaaaaaa"), ErrorCode.FORMAT_REFUSED);
        Path bitmap = folder.resolve("map.bmp");
        javax.imageio.ImageIO.write(TestPictures.quadrants(20, 20), "bmp", bitmap.toFile());
        assertRefused(bitmap, ErrorCode.FORMAT_REFUSED);
    }

    @Test
    @Timeout(10)
    void aBombIsToldByItsHeader() throws IOException {
        assertRefused(pictures.bomb("bomb.png", 50_000, 50_000), ErrorCode.TOO_MANY_PIXELS);
    }

    @Test
    @Timeout(10)
    void manyBandsAreABombToo() throws IOException {
        assertRefused(pictures.bandBomb("bands.tif", 100), ErrorCode.TOO_MANY_PIXELS);
    }

    @Test
    void aFileThatIsNotThereIsGone() {
        assertRefused(folder.resolve("gone.jpg"), ErrorCode.FILE_VANISHED);
    }

    @Test
    void aDecoderKillerKillsItsDecoderOnly() throws IOException {
        Path good = pictures.jpeg("good.jpg", TestPictures.quadrants(300, 200));
        Path killer = pictures.decoderKiller("killer.tif");
        long deaths = DECODERS.deaths();
        assertThatThrownBy(() -> DECODERS.make(
                        killer, 1440, List.of(new LadderStep(250, Encoding.WEBP, 80, folder.resolve("out.webp")))))
                .isInstanceOfSatisfying(
                        CodedException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CHILD_DIED));
        assertThat(DECODERS.deaths()).isEqualTo(deaths + 1);
        assertThat(DECODERS.make(
                        good, 1440, List.of(new LadderStep(250, Encoding.WEBP, 80, folder.resolve("good.webp")))))
                .isInstanceOf(LadderAnswer.Complete.class);
    }

    @Test
    void aDecoderThatTakesTooLongIsKilledAndReplaced() throws IOException {
        Path slow = pictures.bomb("slow.png", 14_000, 14_000);
        Path quick = pictures.jpeg("quick.jpg", TestPictures.quadrants(30, 20));
        ImageSettings settings =
                new ImageSettings(1, 200_000_000, Duration.ofMillis(400), 64, 1024, 500, "libvips.so.42");
        try (ImageDecoders decoders = new ImageDecoders(settings)) {
            assertThatThrownBy(() -> decoders.make(
                            slow, 1440, List.of(new LadderStep(9, Encoding.JPEG, 80, folder.resolve("slow.jpg")))))
                    .isInstanceOfSatisfying(
                            CodedException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CHILD_TIMED_OUT));
        }
        assertThat(DECODERS.make(
                        quick, 1440, List.of(new LadderStep(9, Encoding.JPEG, 80, folder.resolve("quick.out")))))
                .isInstanceOf(LadderAnswer.Complete.class);
    }

    @Test
    void withoutLibvipsTheAnswerNamesTheCure() throws IOException {
        Path good = pictures.jpeg("good.jpg", TestPictures.quadrants(30, 20));
        ImageSettings settings =
                new ImageSettings(1, 200_000_000, Duration.ofSeconds(30), 64, 1024, 500, "libvips-missing.so.42");
        try (ImageDecoders decoders = new ImageDecoders(settings)) {
            assertThat(decoders.make(
                            good, 1440, List.of(new LadderStep(9, Encoding.JPEG, 80, folder.resolve("out.jpg")))))
                    .isInstanceOfSatisfying(LadderAnswer.Refused.class, refused -> {
                        assertThat(refused.code()).isEqualTo(ErrorCode.DECODER_MISSING);
                        assertThat(refused.reason()).contains("apt-get install libvips42");
                    });
        }
    }
}
