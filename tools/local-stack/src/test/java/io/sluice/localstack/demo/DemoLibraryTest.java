package io.sluice.localstack.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.InflaterInputStream;
import javax.imageio.ImageIO;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoLibraryTest {

    @Test
    void two_writings_give_the_same_bytes_under_the_same_names(@TempDir Path first, @TempDir Path second)
            throws IOException {
        List<DemoFile> pictures = DemoLibrary.write(first);
        DemoLibrary.write(second);

        Map<String, Integer> files = contents(first);
        assertThat(files).isEqualTo(contents(second)).hasSameSizeAs(pictures);
        assertThat(pictures).extracting(DemoFile::path).doesNotHaveDuplicates().hasSizeGreaterThan(30);
        assertThat(pictures).filteredOn(picture -> !picture.shown()).hasSize(5);
        assertThat(Files.readAllBytes(first.resolve("phone/sunset.jpg")))
                .isEqualTo(Files.readAllBytes(first.resolve("backup/old phone/sunset (1).jpg")));
        assertThat(files.values().stream().distinct()).as("all others differ").hasSize(files.size() - 1);
    }

    @Test
    void an_oriented_picture_is_stored_turned() {
        BufferedImage upright = Painter.letter(400, 300, 1);
        BufferedImage stored = Painter.storedFor(6, upright);

        assertThat(stored.getWidth()).isEqualTo(300);
        // Orientation 6: the stored picture's first row is the right side of the upright one.
        assertThat(stored.getRGB(10, 0)).isEqualTo(upright.getRGB(399, 10));
        assertThat(Painter.storedFor(1, upright).getRGB(7, 9)).isEqualTo(upright.getRGB(7, 9));
        assertThat(Painter.storedFor(3, upright).getRGB(0, 0)).isEqualTo(upright.getRGB(399, 299));
    }

    @Test
    void a_picture_with_profile_and_exif_is_still_a_jpeg() throws IOException {
        Jpeg jpeg = Jpeg.of(Painter.landscape(64, 48, 5))
                .with(new ExifBlock().orientation(6).camera("A", "B").taken("2022:08:03 21:14:09", "+02:00"))
                .withProfile(DisplayP3.profile());

        BufferedImage read = ImageIO.read(new ByteArrayInputStream(jpeg.bytes()));

        assertThat(read.getWidth()).isEqualTo(64);
    }

    @Test
    void rows_that_are_deflated_once_and_repeated_inflate_to_all_of_them() throws IOException {
        byte[] row = new byte[6251];
        Arrays.fill(row, 1, row.length, (byte) 0xFF);
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        for (int i = 0; i < 1000; i++) {
            expected.write(row);
        }

        try (InputStream in = new InflaterInputStream(new ByteArrayInputStream(RepeatedDeflate.of(row, 1000)))) {
            assertThat(in.readAllBytes()).isEqualTo(expected.toByteArray());
        }
    }

    private static Map<String, Integer> contents(Path folder) throws IOException {
        Map<String, Integer> contents = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                contents.put(folder.relativize(file).toString(), Arrays.hashCode(Files.readAllBytes(file)));
            }
        }
        return contents;
    }
}
