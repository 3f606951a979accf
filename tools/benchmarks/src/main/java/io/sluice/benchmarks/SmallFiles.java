package io.sluice.benchmarks;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;

/** Many small, different, valid JPEGs: one seeded picture with a different comment behind its end. */
final class SmallFiles {

    private static final int PER_FOLDER = 500;

    private SmallFiles() {}

    static void write(Path root, int count, long seed) throws IOException {
        byte[] picture = picture(seed);
        for (int i = 0; i < count; i++) {
            Path folder = root.resolve("%04d".formatted(i / PER_FOLDER));
            if (i % PER_FOLDER == 0) {
                Files.createDirectories(folder);
            }
            byte[] tail = "file %d of seed %d".formatted(i, seed).getBytes(StandardCharsets.US_ASCII);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(picture.length + tail.length);
            bytes.write(picture);
            bytes.write(tail);
            Files.write(folder.resolve("IMG_20230714_%06d.jpg".formatted(i)), bytes.toByteArray());
        }
    }

    private static byte[] picture(long seed) throws IOException {
        Random random = new Random(seed);
        BufferedImage image = new BufferedImage(160, 120, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        for (int i = 0; i < 20; i++) {
            graphics.setColor(new Color(random.nextInt(0x1000000)));
            graphics.fillOval(random.nextInt(150), random.nextInt(110), random.nextInt(80), random.nextInt(60));
        }
        graphics.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "jpeg", bytes);
        return bytes.toByteArray();
    }
}
