package io.sluice.localstack.demo;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.util.Random;

/** Draws hills under a sky, no two alike. Without fonts, which a server may not have. */
final class Painter {

    private Painter() {}

    static BufferedImage landscape(int width, int height, long seed) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        paint(image, seed);
        return image;
    }

    /** Draws over the whole image, whatever its type. */
    static void paint(BufferedImage image, long seed) {
        Random random = new Random(seed);
        int width = image.getWidth();
        int height = image.getHeight();
        // Golden-ratio steps: neighbours differ in colour, which first numbers of close seeds do not.
        float hue = (float) (seed * 0.618034 % 1);
        Graphics2D g = image.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setPaint(new GradientPaint(
                0, 0, Color.getHSBColor(hue, 0.55f, 0.95f), 0, height, Color.getHSBColor(hue + 0.12f, 0.25f, 1f)));
        g.fillRect(0, 0, width, height);
        int sun = height / 6;
        g.setColor(Color.getHSBColor(0.13f, 0.5f, 1f));
        g.fillOval(random.nextInt(Math.max(1, width - sun)), height / 12, sun, sun);
        for (int hill = 0; hill < 4; hill++) {
            g.setColor(Color.getHSBColor(hue + 0.4f + hill * 0.04f, 0.6f, 0.75f - hill * 0.14f));
            g.fill(hill(width, height, 0.45 + hill * 0.13, random));
        }
        g.dispose();
    }

    /** A landscape with a large F that stands upright. */
    static BufferedImage letter(int width, int height, long seed) {
        BufferedImage image = landscape(width, height, seed);
        Graphics2D g = image.createGraphics();
        int unit = height / 10;
        int left = width / 2 - 2 * unit;
        g.setColor(Color.WHITE);
        g.fillRect(left, 2 * unit, unit, 6 * unit);
        g.fillRect(left, 2 * unit, 4 * unit, unit);
        g.fillRect(left, 4 * unit + unit / 2, 3 * unit, unit);
        g.dispose();
        return image;
    }

    /**
     * The pixels as a camera would have stored them, so that the EXIF orientation (1 to 8) turns them upright again.
     */
    static BufferedImage storedFor(int orientation, BufferedImage upright) {
        int w = upright.getWidth();
        int h = upright.getHeight();
        AffineTransform move =
                switch (orientation) {
                    case 1 -> new AffineTransform();
                    case 2 -> new AffineTransform(-1, 0, 0, 1, w, 0);
                    case 3 -> new AffineTransform(-1, 0, 0, -1, w, h);
                    case 4 -> new AffineTransform(1, 0, 0, -1, 0, h);
                    case 5 -> new AffineTransform(0, 1, 1, 0, 0, 0);
                    case 6 -> new AffineTransform(0, -1, 1, 0, 0, w);
                    case 7 -> new AffineTransform(0, -1, -1, 0, h, w);
                    case 8 -> new AffineTransform(0, 1, -1, 0, h, 0);
                    default -> throw new IllegalArgumentException("EXIF orientations are 1 to 8, not " + orientation);
                };
        boolean turned = orientation > 4;
        BufferedImage stored = new BufferedImage(turned ? h : w, turned ? w : h, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = stored.createGraphics();
        g.drawImage(upright, move, null);
        g.dispose();
        return stored;
    }

    private static Path2D hill(int width, int height, double top, Random random) {
        double phase = random.nextDouble() * Math.PI * 2;
        double waves = 1 + random.nextDouble() * 3;
        Path2D path = new Path2D.Double();
        path.moveTo(0, height);
        int steps = 64;
        for (int step = 0; step <= steps; step++) {
            double x = (double) step / steps;
            double y = top + 0.08 * Math.sin(phase + x * waves * Math.PI) + 0.02 * Math.sin(phase * 3 + x * 23);
            path.lineTo(x * width, y * height);
        }
        path.lineTo(width, height);
        path.closePath();
        return path;
    }
}
