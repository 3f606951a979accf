package io.sluice.media.image;

import java.io.ByteArrayOutputStream;

/**
 * A placeholder of at most 25 bytes: the lowest frequencies of luminance, two colour differences and alpha. Format:
 * https://evanw.github.io/thumbhash/. Strict mathematics, so that the same pixels give the same bytes everywhere.
 */
final class ThumbHash {

    /** Larger pictures are to be shrunk before. */
    static final int BOX = 100;

    private final int width;
    private final int height;
    private final boolean transparent;
    /** Luminance, yellow minus blue, red minus green, alpha. */
    private final double[][] planes;

    private ThumbHash(int width, int height, boolean transparent, double[][] planes) {
        this.width = width;
        this.height = height;
        this.transparent = transparent;
        this.planes = planes;
    }

    /**
     * @param pixels line by line, bands together
     * @param bands 3, or 4 with alpha that is not premultiplied
     * @throws IllegalArgumentException when it is larger than {@link #BOX} or the length does not fit
     */
    static byte[] of(byte[] pixels, int width, int height, int bands) {
        if (width < 1 || height < 1 || width > BOX || height > BOX || pixels.length != width * height * bands) {
            throw new IllegalArgumentException("No picture for a ThumbHash: " + width + " × " + height);
        }
        int count = width * height;
        double[] average = new double[4];
        for (int i = 0; i < count; i++) {
            double alpha = alpha(pixels, i, bands);
            for (int c = 0; c < 3; c++) {
                average[c] += alpha * unit(pixels[i * bands + c]);
            }
            average[3] += alpha;
        }
        if (average[3] > 0) {
            for (int c = 0; c < 3; c++) {
                average[c] /= average[3];
            }
        }
        double[][] planes = new double[4][count];
        for (int i = 0; i < count; i++) {
            double alpha = alpha(pixels, i, bands);
            double r = average[0] * (1 - alpha) + alpha * unit(pixels[i * bands]);
            double g = average[1] * (1 - alpha) + alpha * unit(pixels[i * bands + 1]);
            double b = average[2] * (1 - alpha) + alpha * unit(pixels[i * bands + 2]);
            planes[0][i] = (r + g + b) / 3;
            planes[1][i] = (r + g) / 2 - b;
            planes[2][i] = r - g;
            planes[3][i] = alpha;
        }
        return new ThumbHash(width, height, average[3] < count, planes).encode();
    }

    private static double unit(byte value) {
        return (value & 0xff) / 255.0;
    }

    private static double alpha(byte[] pixels, int i, int bands) {
        return bands == 4 ? unit(pixels[i * bands + 3]) : 1;
    }

    private byte[] encode() {
        int limit = transparent ? 5 : 7;
        int longest = Math.max(width, height);
        int lx = Math.max(1, (int) Math.round((double) limit * width / longest));
        int ly = Math.max(1, (int) Math.round((double) limit * height / longest));
        Channel luminance = channel(planes[0], Math.max(3, lx), Math.max(3, ly));
        Channel yellowBlue = channel(planes[1], 3, 3);
        Channel redGreen = channel(planes[2], 3, 3);
        boolean landscape = width > height;

        ByteArrayOutputStream out = new ByteArrayOutputStream(25);
        int header = rounded(63 * luminance.dc)
                | rounded(31.5 + 31.5 * yellowBlue.dc) << 6
                | rounded(31.5 + 31.5 * redGreen.dc) << 12
                | rounded(31 * luminance.scale) << 18
                | (transparent ? 1 << 23 : 0);
        write(out, header, 3);
        write(
                out,
                (landscape ? ly : lx)
                        | rounded(63 * yellowBlue.scale) << 3
                        | rounded(63 * redGreen.scale) << 9
                        | (landscape ? 1 << 15 : 0),
                2);
        Nibbles nibbles = new Nibbles(out);
        if (transparent) {
            Channel alpha = channel(planes[3], 5, 5);
            out.write(rounded(15 * alpha.dc) | rounded(15 * alpha.scale) << 4);
            nibbles.write(luminance, yellowBlue, redGreen, alpha);
        } else {
            nibbles.write(luminance, yellowBlue, redGreen);
        }
        return out.toByteArray();
    }

    private static void write(ByteArrayOutputStream out, int value, int bytes) {
        for (int i = 0; i < bytes; i++) {
            out.write(value >> 8 * i);
        }
    }

    private static int rounded(double value) {
        return (int) Math.round(value);
    }

    /** One plane's cosines: the constant, the others between 0 and 1, and how far those reached. */
    private record Channel(double dc, double[] ac, double scale) {}

    private Channel channel(double[] plane, int nx, int ny) {
        double dc = 0;
        double scale = 0;
        double[] ac = new double[nx * ny];
        int count = 0;
        for (int cy = 0; cy < ny; cy++) {
            double[] fy = cosines(cy, height);
            for (int cx = 0; cx * ny < nx * (ny - cy); cx++) {
                double f = coefficient(plane, cosines(cx, width), fy);
                if (cx > 0 || cy > 0) {
                    ac[count++] = f;
                    scale = Math.max(scale, Math.abs(f));
                } else {
                    dc = f;
                }
            }
        }
        double[] normalized = new double[count];
        for (int i = 0; i < count; i++) {
            normalized[i] = scale > 0 ? 0.5 + 0.5 / scale * ac[i] : ac[i];
        }
        return new Channel(dc, normalized, scale);
    }

    private double coefficient(double[] plane, double[] fx, double[] fy) {
        double f = 0;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                f += plane[x + y * width] * fx[x] * fy[y];
            }
        }
        return f / (width * height);
    }

    private static double[] cosines(int frequency, int length) {
        double[] cosines = new double[length];
        for (int i = 0; i < length; i++) {
            cosines[i] = StrictMath.cos(Math.PI / length * frequency * (i + 0.5));
        }
        return cosines;
    }

    /** Two coefficients a byte, the first in the low half. */
    private static final class Nibbles {

        private final ByteArrayOutputStream out;

        Nibbles(ByteArrayOutputStream out) {
            this.out = out;
        }

        void write(Channel... channels) {
            int low = -1;
            for (Channel channel : channels) {
                for (double value : channel.ac) {
                    int nibble = rounded(15 * value);
                    if (low < 0) {
                        low = nibble;
                    } else {
                        out.write(low | nibble << 4);
                        low = -1;
                    }
                }
            }
            if (low >= 0) {
                out.write(low);
            }
        }
    }
}
