package io.sluice.gateway.world;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import javax.imageio.ImageIO;

/** A painted landscape: a sky, a sun, hills one behind the other. The same seed paints the same picture. */
record Picture(BufferedImage image) {

    private static final int LONG_SIDE = 1440;

    static Picture painted(long seed) {
        Random random = new Random(seed * 7919 + 17);
        double[] ratios = {1.5, 1.333, 0.75, 1.778, 1.0, 0.667};
        double ratio = ratios[random.nextInt(ratios.length)];
        int width = ratio >= 1 ? LONG_SIDE : (int) (LONG_SIDE * ratio);
        int height = ratio >= 1 ? (int) (LONG_SIDE / ratio) : LONG_SIDE;
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = image.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        float hue = random.nextFloat();
        pen.setPaint(new GradientPaint(
                0, 0, Color.getHSBColor(hue, 0.55f, 0.75f), 0, height, Color.getHSBColor(hue + 0.12f, 0.35f, 0.98f)));
        pen.fillRect(0, 0, width, height);
        int sun = height / (5 + random.nextInt(5));
        pen.setColor(Color.getHSBColor(hue + 0.14f, 0.18f, 1f));
        pen.fillOval(random.nextInt(width - sun), height / 8 + random.nextInt(height / 4), sun, sun);
        for (int hill = 0; hill < 4; hill++) {
            pen.setColor(Color.getHSBColor(hue + 0.45f + hill * 0.02f, 0.30f + hill * 0.1f, 0.62f - hill * 0.13f));
            pen.fill(hill(random, width, height, hill));
        }
        pen.dispose();
        return new Picture(image);
    }

    private static Path2D hill(Random random, int width, int height, int hill) {
        double base = height * (0.5 + hill * 0.12);
        double phase = random.nextDouble() * 6;
        double wave = 1.2 + random.nextDouble() * 2;
        Path2D outline = new Path2D.Double();
        outline.moveTo(0, height);
        for (int x = 0; x <= width; x += 8) {
            double t = (double) x / width * Math.PI * wave + phase;
            outline.lineTo(x, base + Math.sin(t) * height * 0.07 + Math.sin(t * 2.7) * height * 0.025);
        }
        outline.lineTo(width, height);
        outline.closePath();
        return outline;
    }

    Picture within(int side) {
        double scale = Math.min(1.0, (double) side / Math.max(image.getWidth(), image.getHeight()));
        int width = Math.max(1, (int) Math.round(image.getWidth() * scale));
        int height = Math.max(1, (int) Math.round(image.getHeight() * scale));
        BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = small.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        pen.drawImage(image, 0, 0, width, height, null);
        pen.dispose();
        return new Picture(small);
    }

    int width() {
        return image.getWidth();
    }

    int height() {
        return image.getHeight();
    }

    byte[] jpeg() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "jpeg", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** The part of a ThumbHash that gives the average colour; https://evanw.github.io/thumbhash/ */
    byte[] thumbhash() {
        BufferedImage dot = within(32).image;
        double red = 0;
        double green = 0;
        double blue = 0;
        int count = dot.getWidth() * dot.getHeight();
        for (int y = 0; y < dot.getHeight(); y++) {
            for (int x = 0; x < dot.getWidth(); x++) {
                int rgb = dot.getRGB(x, y);
                red += (rgb >> 16 & 255) / 255.0 / count;
                green += (rgb >> 8 & 255) / 255.0 / count;
                blue += (rgb & 255) / 255.0 / count;
            }
        }
        double luma = (red + green + blue) / 3;
        double yellow = (red + green) / 2 - blue;
        double redGreen = red - green;
        int header = (int) Math.round(63 * luma)
                | (int) Math.round(31.5 + 31.5 * yellow) << 6
                | (int) Math.round(31.5 + 31.5 * redGreen) << 12;
        return new byte[] {(byte) header, (byte) (header >> 8), (byte) (header >> 16), 7, 0};
    }
}
