package io.sluice.e2e;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.ImageIO;

/** A library of small seeded pictures: most of them good, some twice, some broken. The same seed writes the same bytes. */
public final class Pictures {

    private final Random random;
    private final Path root;

    public Pictures(Path root, long seed) {
        this.root = root;
        this.random = new Random(seed);
    }

    /** Writes that many files below the root, in folders of fifty. */
    public void write(int count) throws IOException {
        byte[] last = jpeg();
        for (int i = 0; i < count; i++) {
            Path folder = root.resolve("folder-%03d".formatted(i / 50));
            Files.createDirectories(folder);
            Path file = folder.resolve("IMG_%05d.jpg".formatted(i));
            switch (i % 40) {
                case 7 -> Files.write(file, last); // the same bytes under another name
                case 17 -> Files.write(file, new byte[0]);
                case 27 -> Files.writeString(file, "no picture " + i, StandardCharsets.UTF_8);
                case 37 -> Files.write(file, Arrays.copyOf(jpeg(), 300));
                default -> {
                    last = jpeg();
                    Files.write(file, last);
                }
            }
        }
    }

    /** A JPEG of 320 × 240 that no other call gives. */
    public byte[] jpeg() throws IOException {
        return jpeg(320);
    }

    /** A JPEG of that width that no other call gives. */
    public byte[] jpeg(int width) throws IOException {
        BufferedImage image = new BufferedImage(width, width * 3 / 4, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        for (int i = 0; i < 12; i++) {
            graphics.setColor(new Color(random.nextInt(0x1000000)));
            graphics.fillOval(
                    random.nextInt(width),
                    random.nextInt(width * 2 / 3),
                    width / 16 + random.nextInt(width / 2),
                    width / 16 + random.nextInt(width / 2));
        }
        graphics.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "jpeg", bytes);
        return bytes.toByteArray();
    }
}
