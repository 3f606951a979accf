package io.sluice.media.image;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.ImageIO;

/** Makes real files of real formats, with ImageIO, libvips's tools and exiftool. */
public final class TestPictures {

    public static final Color TOP_LEFT = Color.RED;
    public static final Color TOP_RIGHT = Color.GREEN;
    public static final Color BOTTOM_LEFT = Color.BLUE;
    public static final Color BOTTOM_RIGHT = Color.YELLOW;

    /** Where lists begin in a TIFF of ours. */
    private static final int FIRST_LIST = 400;

    private final Path folder;

    public TestPictures(Path folder) {
        this.folder = folder;
    }

    /** Four quadrants, each of its colour. */
    static BufferedImage quadrants(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        Color[] colours = {TOP_LEFT, TOP_RIGHT, BOTTOM_LEFT, BOTTOM_RIGHT};
        for (int i = 0; i < 4; i++) {
            graphics.setColor(colours[i]);
            graphics.fillRect(i % 2 * width / 2, i / 2 * height / 2, width - width / 2, height - height / 2);
        }
        graphics.dispose();
        return image;
    }

    /** Seeded shapes over seeded noise: compresses like a photograph. */
    public static BufferedImage photograph(int width, int height, long seed) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(seed);
        Graphics2D graphics = image.createGraphics();
        for (int i = 0; i < 60; i++) {
            graphics.setColor(new Color(random.nextInt(0x1000000)));
            graphics.fillOval(
                    random.nextInt(width), random.nextInt(height), 20 + random.nextInt(width), random.nextInt(height));
        }
        graphics.dispose();
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, image.getRGB(x, y) ^ random.nextInt(0x0f0f10));
            }
        }
        return image;
    }

    public Path png(String name, BufferedImage image) throws IOException {
        Path file = folder.resolve(name);
        ImageIO.write(image, "png", file.toFile());
        return file;
    }

    public Path jpeg(String name, BufferedImage image) throws IOException {
        Path file = folder.resolve(name);
        ImageIO.write(image, "jpeg", file.toFile());
        return file;
    }

    /** The picture as libvips's tool saves it in the format of the name. */
    Path converted(Path source, String name, String... options) {
        Path file = folder.resolve(name);
        String[] command = new String[4 + options.length];
        command[0] = "vips";
        command[1] = "copy";
        command[2] = source.toString();
        command[3] = file + (options.length == 0 ? "" : "[" + String.join(",", options) + "]");
        Command.run(command[0], command[1], command[2], command[3]);
        return file;
    }

    /** A JPEG whose stored picture must be turned by its EXIF orientation to show the quadrants at 600 × 400. */
    Path oriented(int orientation) throws IOException {
        BufferedImage shown = quadrants(600, 400);
        boolean over = orientation >= 5;
        BufferedImage stored = new BufferedImage(over ? 400 : 600, over ? 600 : 400, BufferedImage.TYPE_INT_RGB);
        // Where a shown pixel (x, y) stands in the stored picture, after EXIF 2.32, 4.6.4 (orientation).
        AffineTransform t =
                switch (orientation) {
                    case 2 -> new AffineTransform(-1, 0, 0, 1, 600, 0);
                    case 3 -> new AffineTransform(-1, 0, 0, -1, 600, 400);
                    case 4 -> new AffineTransform(1, 0, 0, -1, 0, 400);
                    case 5 -> new AffineTransform(0, 1, 1, 0, 0, 0);
                    case 6 -> new AffineTransform(0, -1, 1, 0, 0, 600);
                    case 7 -> new AffineTransform(0, -1, -1, 0, 400, 600);
                    case 8 -> new AffineTransform(0, 1, -1, 0, 400, 0);
                    default -> new AffineTransform();
                };
        Graphics2D graphics = stored.createGraphics();
        graphics.drawImage(shown, t, null);
        graphics.dispose();
        Path file = jpeg("orientation-" + orientation + ".jpg", stored);
        Command.run("exiftool", "-q", "-overwrite_original", "-Orientation#=" + orientation, file.toString());
        return file;
    }

    /** A PNG of one colour whose header tells its true size, however large: written line by line. */
    public Path bomb(String name, int width, int height) throws IOException {
        Path file = folder.resolve(name);
        try (OutputStream out = Files.newOutputStream(file);
                DataOutputStream png = new DataOutputStream(out)) {
            png.writeLong(0x89504e470d0a1a0aL);
            ByteArrayOutputStream header = new ByteArrayOutputStream();
            DataOutputStream fields = new DataOutputStream(header);
            fields.writeInt(width);
            fields.writeInt(height);
            fields.write(new byte[] {1, 0, 0, 0, 0});
            chunk(png, "IHDR", header.toByteArray());
            ByteArrayOutputStream lines = new ByteArrayOutputStream();
            try (DeflaterOutputStream deflater = new DeflaterOutputStream(lines, new Deflater(1))) {
                byte[] line = new byte[1 + (width + 7) / 8];
                for (int y = 0; y < height; y++) {
                    deflater.write(line);
                }
            }
            chunk(png, "IDAT", lines.toByteArray());
            chunk(png, "IEND", new byte[0]);
        }
        return file;
    }

    /**
     * A TIFF within the limit of pixels, of four planes of 16 bits with one strip each. libvips asks glib for all four
     * strips at once, and glib ends a process that cannot have its memory.
     */
    public Path decoderKiller(String name) throws IOException {
        int side = 14_000;
        return tiff(name, new int[][] {
            {256, 4, 1, side},
            {257, 4, 1, side},
            {258, 3, 4, FIRST_LIST}, // BitsPerSample: 16 each
            {259, 3, 1, 8}, // Compression: deflate
            {262, 3, 1, 0}, // Photometric: white is zero
            {273, 4, 4, FIRST_LIST + 8}, // StripOffsets
            {277, 3, 1, 4}, // SamplesPerPixel
            {278, 4, 1, side}, // RowsPerStrip
            {279, 4, 4, FIRST_LIST + 24}, // StripByteCounts
            {284, 3, 1, 2}, // PlanarConfiguration: one plane after the other
        });
    }

    /** A TIFF that tells of few pixels, each of many values. */
    public Path bandBomb(String name, int bands) throws IOException {
        return tiff(name, new int[][] {
            {256, 4, 1, 8000},
            {257, 4, 1, 8000},
            {258, 3, 1, 8}, // BitsPerSample
            {259, 3, 1, 1}, // Compression: none
            {262, 3, 1, 1}, // Photometric: black is zero
            {273, 4, 1, 8}, // StripOffsets
            {277, 3, 1, bands},
            {278, 4, 1, 8000}, // RowsPerStrip
            {279, 4, 1, 4}, // StripByteCounts
        });
    }

    /** One directory (number, type, count, value or place of each tag), lists for four planes after it, and nearly no data. */
    private Path tiff(String name, int[][] tags) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(FIRST_LIST + 64).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(new byte[] {'I', 'I', 42, 0}).putInt(16).putLong(0).putShort((short) tags.length);
        for (int[] tag : tags) {
            bytes.putShort((short) tag[0])
                    .putShort((short) tag[1])
                    .putInt(tag[2])
                    .putInt(tag[3]);
        }
        bytes.position(FIRST_LIST);
        for (int plane = 0; plane < 4; plane++) {
            bytes.putShort((short) 16);
        }
        for (int plane = 0; plane < 4; plane++) {
            bytes.putInt(FIRST_LIST + 8 + 4 * plane, 8).putInt(FIRST_LIST + 24 + 4 * plane, 8);
        }
        return Files.write(folder.resolve(name), bytes.array());
    }

    private static void chunk(DataOutputStream png, String type, byte[] data) throws IOException {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        png.writeInt(data.length);
        png.write(name);
        png.write(data);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(data);
        png.writeInt((int) crc.getValue());
    }
}
