package io.sluice.media.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.sluice.media.library.PathBytes;
import io.sluice.media.profile.Encoding;

/** What becomes of good pictures of every kind. */
class ImageDecodersTest {

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

    private Path preview() {
        return folder.resolve("out.preview.jpg");
    }

    private Path thumbnail() {
        return folder.resolve("out.thumbnail.webp");
    }

    private LadderAnswer make(Path source) {
        return DECODERS.make(
                source,
                1440,
                List.of(
                        new LadderStep(1440, Encoding.JPEG, 80, preview()),
                        new LadderStep(250, Encoding.WEBP, 80, thumbnail())));
    }

    private LadderAnswer.Complete complete(Path source) {
        LadderAnswer answer = make(source);
        assertThat(answer).isInstanceOf(LadderAnswer.Complete.class);
        return (LadderAnswer.Complete) answer;
    }

    /** The rendition's pixels, alpha included. */
    private BufferedImage pixels(Path rendition) throws IOException {
        return ImageIO.read(
                pictures.converted(rendition, rendition.getFileName() + ".png").toFile());
    }

    private static void assertColour(BufferedImage image, double x, double y, Color expected) {
        Color actual = new Color(image.getRGB((int) (x * image.getWidth()), (int) (y * image.getHeight())));
        assertThat(Math.abs(actual.getRed() - expected.getRed())
                        + Math.abs(actual.getGreen() - expected.getGreen())
                        + Math.abs(actual.getBlue() - expected.getBlue()))
                .as("%s is about %s at %s, %s", actual, expected, x, y)
                .isLessThan(60);
    }

    private static void assertQuadrants(BufferedImage image) {
        assertColour(image, 0.2, 0.2, TestPictures.TOP_LEFT);
        assertColour(image, 0.8, 0.2, TestPictures.TOP_RIGHT);
        assertColour(image, 0.2, 0.8, TestPictures.BOTTOM_LEFT);
        assertColour(image, 0.8, 0.8, TestPictures.BOTTOM_RIGHT);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void everyOrientationIsShownUpright(int orientation) throws IOException {
        LadderAnswer.Complete complete = complete(pictures.oriented(orientation));
        assertThat(complete.facts().width()).isEqualTo(600);
        assertThat(complete.facts().height()).isEqualTo(400);
        assertQuadrants(pixels(preview()));
        assertQuadrants(pixels(thumbnail()));
    }

    @ParameterizedTest
    @CsvSource({"x.png, png", "x.webp, webp", "x.tif, tiff", "x.gif, gif", "x.heic, heif", "x.avif, heif", "x.jpg, jpeg"
    })
    void everyFormatIsDecoded(String name, String format) throws IOException {
        Path source = pictures.converted(pictures.png("source.png", TestPictures.quadrants(2000, 1000)), name);
        LadderAnswer.Complete complete = complete(source);
        assertThat(complete.facts().format()).isEqualTo(format);
        assertThat(complete.made())
                .containsExactly(
                        new LadderAnswer.Made(1440, 720, Files.size(preview())),
                        new LadderAnswer.Made(250, 125, Files.size(thumbnail())));
        assertQuadrants(pixels(preview()));
        assertQuadrants(pixels(thumbnail()));
    }

    @Test
    void smallPicturesAreNotEnlarged() throws IOException {
        LadderAnswer.Complete complete = complete(pictures.png("small.png", TestPictures.quadrants(40, 30)));
        assertThat(complete.made())
                .allSatisfy(
                        made -> assertThat(made).extracting("width", "height").containsExactly(40, 30));
    }

    @Test
    void transparencyIsWhiteInJpegAndKeptInWebp() throws IOException {
        BufferedImage image = new BufferedImage(800, 600, BufferedImage.TYPE_INT_ARGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.RED);
        graphics.fillRect(0, 0, 400, 600);
        graphics.dispose();
        LadderAnswer.Complete complete = complete(pictures.png("alpha.png", image));
        assertThat(complete.facts().hasAlpha()).isTrue();
        BufferedImage jpeg = pixels(preview());
        assertColour(jpeg, 0.25, 0.5, Color.RED);
        assertColour(jpeg, 0.75, 0.5, Color.WHITE);
        BufferedImage webp = pixels(thumbnail());
        assertColour(webp, 0.25, 0.5, Color.RED);
        assertThat(webp.getRGB(webp.getWidth() * 3 / 4, webp.getHeight() / 2) >>> 24)
                .isZero();
    }

    @Test
    void sixteenBitsBecomeEight() throws IOException {
        Path eight = pictures.png("eight.png", TestPictures.quadrants(600, 400));
        Path sixteen = folder.resolve("sixteen.png");
        Command.run("vips", "colourspace", eight.toString(), sixteen.toString(), "rgb16");
        complete(sixteen);
        assertQuadrants(pixels(preview()));
        assertQuadrants(pixels(thumbnail()));
    }

    @Test
    void greyIsDecodedWithAndWithoutSixteenBits() throws IOException {
        Path eight = pictures.png("eight.png", TestPictures.quadrants(600, 400));
        for (String space : List.of("b-w", "grey16")) {
            Path grey = folder.resolve(space + ".png");
            Command.run("vips", "colourspace", eight.toString(), grey.toString(), space);
            complete(grey);
            BufferedImage image = pixels(preview());
            Color red = new Color(image.getRGB(100, 100));
            assertThat(red.getRed())
                    .isBetween(40, 140)
                    .isEqualTo(red.getGreen())
                    .isEqualTo(red.getBlue());
        }
    }

    @Test
    void cmykIsShownInItsColours() throws IOException {
        Path rgb = pictures.png("rgb.png", TestPictures.quadrants(600, 400));
        Path cmyk = folder.resolve("cmyk.jpg");
        Command.run("vips", "icc_export", rgb.toString(), cmyk + "[Q=95]", "--output-profile", "cmyk");
        assertThat(Command.run("vipsheader", "-f", "interpretation", cmyk.toString()))
                .contains("CMYK");
        complete(cmyk);
        BufferedImage withProfile = pixels(preview());
        Command.run("exiftool", "-q", "-overwrite_original", "-icc_profile:all=", cmyk.toString());
        complete(cmyk);
        for (BufferedImage image : List.of(withProfile, pixels(preview()))) {
            Color red = new Color(image.getRGB(100, 100));
            assertThat(red.getRed()).isGreaterThan(170);
            assertThat(red.getBlue()).isLessThan(110);
            Color blue = new Color(image.getRGB(100, 300));
            assertThat(blue.getBlue()).isGreaterThan(blue.getRed());
        }
    }

    @Test
    void wideColoursBecomeScreenColours() throws IOException {
        BufferedImage grey = new BufferedImage(300, 300, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = grey.createGraphics();
        graphics.setColor(new Color(0x99, 0x96, 0xc3));
        graphics.fillRect(0, 0, 300, 300);
        graphics.dispose();
        Path srgb = pictures.png("srgb.png", grey);
        Path wide = folder.resolve("wide.png");
        Command.run("vips", "icc_transform", srgb.toString(), wide.toString(), "p3");
        Color stored = new Color(
                ImageIO.read(pictures.converted(wide, "raw.png", "strip").toFile())
                        .getRGB(150, 150));
        assertThat(stored).isNotEqualTo(new Color(0x99, 0x96, 0xc3));

        LadderAnswer.Complete complete = complete(wide);
        assertThat(complete.facts().colourProfile()).containsIgnoringCase("P3");
        Color shown = new Color(pixels(preview()).getRGB(150, 150));
        assertThat(shown.getRed()).isCloseTo(0x99, offset(2));
        assertThat(shown.getGreen()).isCloseTo(0x96, offset(2));
        assertThat(shown.getBlue()).isCloseTo(0xc3, offset(2));
    }

    @Test
    void aBrokenColourProfileDoesNotCostThePicture() throws IOException {
        Path source = pictures.jpeg("x.jpg", TestPictures.quadrants(600, 400));
        Path profile = Files.write(folder.resolve("x.icc"), new byte[500]);
        Path tagged = folder.resolve("tagged.jpg");
        Command.run("vips", "jpegsave", source.toString(), tagged.toString(), "--profile", profile.toString());
        LadderAnswer.Complete complete = complete(tagged);
        assertThat(complete.facts().colourProfile()).isEqualTo("unnamed");
        assertQuadrants(pixels(preview()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"jpg", "webp", "tif", "png"})
    void nothingOfTheSourcesMetadataIsLeft(String format) throws IOException {
        Path source = pictures.converted(
                pictures.jpeg("source.jpg", TestPictures.photograph(1600, 1200, 1)), "tagged." + format);
        Command.run(
                "exiftool",
                "-q",
                "-overwrite_original",
                "-GPSLatitude=48.2",
                "-GPSLatitudeRef=N",
                "-GPSLongitude=16.37",
                "-GPSLongitudeRef=E",
                "-Make=SecretMake",
                "-Model=SecretModel",
                "-Artist=SecretArtist",
                "-XMP:Creator=SecretCreator",
                "-Orientation#=6",
                source.toString());
        assertThat(Command.run("exiftool", source.toString())).contains("SecretModel", "GPS");
        complete(source);
        for (Path rendition : List.of(preview(), thumbnail())) {
            String tags = Command.run("exiftool", "-a", "-u", "-G1", "-s", rendition.toString());
            assertThat(tags).doesNotContain("Secret", "GPS", "[IFD", "[XMP", "[ICC", "Orientation", "[ExifIFD]");
            String bytes = new String(Files.readAllBytes(rendition), StandardCharsets.ISO_8859_1);
            assertThat(Stream.of("Secret", "Exif", "EXIF", "ICC_PROFILE", "ICCP", "http://ns.adobe")
                            .filter(bytes::contains))
                    .isEmpty();
        }
    }

    @Test
    void onlyTheFirstOfMovingPicturesIsTaken() throws IOException {
        Path first = pictures.png("first.png", TestPictures.quadrants(300, 200));
        Path second = pictures.png("second.png", TestPictures.photograph(300, 200, 3));
        Path stacked = folder.resolve("stacked.v");
        Command.run("vips", "arrayjoin", first + " " + second, stacked.toString(), "--across", "1");
        for (String name : List.of("moving.gif", "moving.webp")) {
            Path moving = folder.resolve(name);
            Command.run("vips", "copy", stacked.toString(), moving + "[page_height=200]");
            LadderAnswer.Complete complete = complete(moving);
            assertThat(complete.facts().height()).isEqualTo(200);
            assertQuadrants(pixels(preview()));
        }
    }

    @Test
    void theSameBytesGiveTheSameBytesWhateverElseIsAsked() throws IOException {
        Path source = pictures.jpeg("source.jpg", TestPictures.photograph(2400, 1600, 5));
        LadderAnswer first = make(source);
        byte[] small = Files.readAllBytes(thumbnail());
        byte[] large = Files.readAllBytes(preview());
        try (ImageDecoders other = new ImageDecoders(TestSettings.of(1))) {
            LadderAnswer alone = other.make(source, 1440, List.of(new LadderStep(250, Encoding.WEBP, 80, thumbnail())));
            assertThat(Files.readAllBytes(thumbnail())).isEqualTo(small);
            assertThat(((LadderAnswer.Complete) alone).facts().thumbHash())
                    .isEqualTo(((LadderAnswer.Complete) first).facts().thumbHash());
        }
        make(source);
        assertThat(Files.readAllBytes(preview())).isEqualTo(large);
    }

    @Test
    void namesAreTakenAsTheyAre() throws IOException {
        for (byte[] name : List.of(
                "brackets[page=7].jpg[n=2]".getBytes(StandardCharsets.UTF_8),
                new byte[] {(byte) 0xff, (byte) 0xfe, '%', ' ', '.', 'j'})) {
            Path plain = pictures.jpeg("plain.jpg", TestPictures.quadrants(300, 200));
            byte[] parent = PathBytes.of(folder);
            byte[] whole = new byte[parent.length + 1 + name.length];
            System.arraycopy(parent, 0, whole, 0, parent.length);
            whole[parent.length] = '/';
            System.arraycopy(name, 0, whole, parent.length + 1, name.length);
            Path odd = Files.move(plain, PathBytes.absolute(whole));
            assertThat(PathBytes.of(odd)).isEqualTo(whole);
            complete(odd);
        }
    }

    @Test
    void manyPicturesLeaveNoFilesOpenAndNoMemoryBehind() throws IOException {
        Path source = pictures.jpeg("source.jpg", TestPictures.photograph(400, 300, 9));
        for (int i = 0; i < 30; i++) {
            complete(source);
        }
        long pid = TestSettings.children().getFirst().pid();
        long files = TestSettings.openFiles(pid);
        long before = TestSettings.residentKilobytes(pid);
        for (int i = 0; i < 60; i++) {
            complete(source);
        }
        assertThat(TestSettings.residentKilobytes(pid)).isLessThan(before + 40_000);
        assertThat(TestSettings.openFiles(pid)).isEqualTo(files);
    }
}
