package io.sluice.localstack.demo;

import java.awt.AlphaComposite;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.color.ColorSpace;
import java.awt.geom.Ellipse2D;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import javax.imageio.ImageIO;

/** Pictures whose point is how they are stored. */
final class Formats {

    private Formats() {}

    /** As {@code png}, {@code gif} or {@code tiff}. */
    static byte[] encoded(String format, BufferedImage image) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (!ImageIO.write(image, format, out)) {
            throw new IOException("This JDK writes no " + format);
        }
        return out.toByteArray();
    }

    /** Drawn once by libvips, as this JDK writes neither WebP nor AVIF. */
    static byte[] stored(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(Formats.class.getResourceAsStream(name), name)) {
            return in.readAllBytes();
        }
    }

    /** A red that sRGB has not: seen as sRGB without conversion it would be dull. */
    static byte[] wideGamut() throws IOException {
        BufferedImage image = Painter.landscape(1400, 1000, 30);
        Graphics2D g = image.createGraphics();
        g.setColor(Color.RED);
        g.fill(new Ellipse2D.Double(450, 250, 500, 500));
        g.dispose();
        return Jpeg.of(image).withProfile(DisplayP3.profile()).bytes();
    }

    static byte[] grey() throws IOException {
        BufferedImage image = new BufferedImage(1000, 750, BufferedImage.TYPE_BYTE_GRAY);
        Painter.paint(image, 32);
        return Jpeg.of(image).bytes();
    }

    /** A landscape seen through a hole: transparent around it, half transparent at its rim. */
    static byte[] transparentPng() throws IOException {
        BufferedImage image = new BufferedImage(900, 900, BufferedImage.TYPE_INT_ARGB);
        Graphics2D g = image.createGraphics();
        g.setColor(new Color(255, 255, 255, 128));
        g.fill(new Ellipse2D.Double(50, 50, 800, 800));
        g.setComposite(AlphaComposite.Src);
        g.setClip(new Ellipse2D.Double(100, 100, 700, 700));
        g.drawImage(Painter.landscape(900, 900, 35), 0, 0, null);
        g.dispose();
        return encoded("png", image);
    }

    /** A smooth ramp that 8 bits would show in steps. */
    static byte[] deepPng() throws IOException {
        int width = 800;
        int height = 600;
        WritableRaster raster = Raster.createInterleavedRaster(DataBuffer.TYPE_USHORT, width, height, 3, null);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                raster.setPixel(
                        x, y, new int[] {x * 65535 / width, y * 65535 / height, (x + y) * 40000 / (width + height)});
            }
        }
        ComponentColorModel model = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_sRGB),
                false,
                false,
                ComponentColorModel.OPAQUE,
                DataBuffer.TYPE_USHORT);
        return encoded("png", new BufferedImage(model, raster, false, null));
    }
}
