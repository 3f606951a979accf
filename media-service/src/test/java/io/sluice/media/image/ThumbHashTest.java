package io.sluice.media.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.util.Random;

import org.junit.jupiter.api.Test;

/** Against a decoder of the test's own, written after the format's description. */
class ThumbHashTest {

    /** What a hash says: averages, aspect, and the picture's lowest frequencies. */
    private record Decoded(double l, double p, double q, double a, boolean alpha, double aspect, double[][] rgb) {}

    private static Decoded decode(byte[] hash, int width, int height) {
        int head = (hash[0] & 255) | (hash[1] & 255) << 8 | (hash[2] & 255) << 16;
        int more = (hash[3] & 255) | (hash[4] & 255) << 8;
        double l = (head & 63) / 63.0;
        double p = (head >> 6 & 63) / 31.5 - 1;
        double q = (head >> 12 & 63) / 31.5 - 1;
        double lScale = (head >> 18 & 31) / 31.0;
        boolean alpha = head >> 23 != 0;
        double pScale = (more >> 3 & 63) / 63.0;
        double qScale = (more >> 9 & 63) / 63.0;
        boolean landscape = more >> 15 != 0;
        int limit = alpha ? 5 : 7;
        int lx = Math.max(3, landscape ? limit : more & 7);
        int ly = Math.max(3, landscape ? more & 7 : limit);
        double a = alpha ? (hash[5] & 15) / 15.0 : 1;
        int[] at = {alpha ? 12 : 10};
        double[] lAc = channel(hash, at, lx, ly, lScale);
        double[] pAc = channel(hash, at, 3, 3, pScale * 1.25);
        double[] qAc = channel(hash, at, 3, 3, qScale * 1.25);
        double[][] rgb = new double[width * height][];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double lv = l + sum(lAc, lx, ly, x, y, width, height);
                double pv = p + sum(pAc, 3, 3, x, y, width, height);
                double qv = q + sum(qAc, 3, 3, x, y, width, height);
                double b = lv - 2.0 / 3 * pv;
                double r = (3 * lv - b + qv) / 2;
                rgb[y * width + x] = new double[] {r, r - qv, b};
            }
        }
        double aspect = (double) (landscape ? limit : more & 7) / (landscape ? more & 7 : limit);
        return new Decoded(l, p, q, a, alpha, aspect, rgb);
    }

    private static double[] channel(byte[] hash, int[] at, int nx, int ny, double scale) {
        double[] ac = new double[nx * ny];
        int i = 0;
        for (int cy = 0; cy < ny; cy++) {
            for (int cx = cy > 0 ? 0 : 1; cx * ny < nx * (ny - cy); cx++) {
                int nibble = hash[at[0] >> 1] >> ((at[0] & 1) << 2) & 15;
                at[0]++;
                ac[i++] = (nibble / 7.5 - 1) * scale;
            }
        }
        return ac;
    }

    private static double sum(double[] ac, int nx, int ny, int x, int y, int width, int height) {
        double sum = 0;
        int i = 0;
        for (int cy = 0; cy < ny; cy++) {
            for (int cx = cy > 0 ? 0 : 1; cx * ny < nx * (ny - cy); cx++) {
                sum += 2
                        * ac[i++]
                        * (cx > 0 ? Math.cos(Math.PI / width * (x + 0.5) * cx) : 1)
                        * (cy > 0 ? Math.cos(Math.PI / height * (y + 0.5) * cy) : 1);
            }
        }
        return sum;
    }

    private static byte[] gradient(int width, int height, int bands) {
        byte[] pixels = new byte[width * height * bands];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int i = (y * width + x) * bands;
                pixels[i] = (byte) (255 * x / (width - 1));
                pixels[i + 1] = (byte) 128;
                pixels[i + 2] = (byte) (255 * y / (height - 1));
                if (bands == 4) {
                    pixels[i + 3] = (byte) (x < width / 2 ? 255 : 0);
                }
            }
        }
        return pixels;
    }

    private static byte[] flat(int r, int g, int b) {
        byte[] pixels = new byte[20 * 10 * 3];
        for (int i = 0; i < pixels.length; i += 3) {
            pixels[i] = (byte) r;
            pixels[i + 1] = (byte) g;
            pixels[i + 2] = (byte) b;
        }
        return pixels;
    }

    @Test
    void oneColourComesBack() {
        for (int[] rgb :
                new int[][] {{255, 0, 0}, {0, 255, 0}, {0, 0, 255}, {10, 20, 30}, {255, 255, 255}, {0, 0, 0}}) {
            byte[] hash = ThumbHash.of(flat(rgb[0], rgb[1], rgb[2]), 20, 10, 3);
            double[] back = decode(hash, 4, 2).rgb()[3];
            for (int c = 0; c < 3; c++) {
                assertThat(back[c] * 255).isCloseTo(rgb[c], offset(8.0));
            }
        }
    }

    @Test
    void aGradientComesBackWhereItWas() {
        Decoded back = decode(ThumbHash.of(gradient(60, 40, 3), 60, 40, 3), 60, 40);
        for (double[] place : new double[][] {{0.1, 0.1}, {0.9, 0.1}, {0.1, 0.9}, {0.9, 0.9}, {0.5, 0.5}}) {
            double[] rgb = back.rgb()[(int) (place[1] * 40) * 60 + (int) (place[0] * 60)];
            assertThat(rgb[0]).isCloseTo(place[0], offset(0.22));
            assertThat(rgb[1]).isCloseTo(0.5, offset(0.22));
            assertThat(rgb[2]).isCloseTo(place[1], offset(0.22));
        }
    }

    @Test
    void shapeIsKept() {
        assertThat(decode(ThumbHash.of(gradient(100, 50, 3), 100, 50, 3), 2, 2).aspect())
                .isCloseTo(2, offset(0.4));
        assertThat(decode(ThumbHash.of(gradient(50, 100, 3), 50, 100, 3), 2, 2).aspect())
                .isCloseTo(0.5, offset(0.1));
    }

    @Test
    void transparencyIsTold() {
        assertThat(decode(ThumbHash.of(gradient(40, 40, 3), 40, 40, 3), 2, 2).alpha())
                .isFalse();
        byte[] opaque = gradient(40, 40, 4);
        for (int i = 3; i < opaque.length; i += 4) {
            opaque[i] = (byte) 255;
        }
        assertThat(decode(ThumbHash.of(opaque, 40, 40, 4), 2, 2).alpha()).isFalse();
        Decoded half = decode(ThumbHash.of(gradient(40, 40, 4), 40, 40, 4), 2, 2);
        assertThat(half.alpha()).isTrue();
        assertThat(half.a()).isCloseTo(0.5, offset(0.05));
        assertThat(ThumbHash.of(new byte[10 * 10 * 4], 10, 10, 4)).isNotEmpty();
    }

    @Test
    void anyPictureFitsIntoTwentyFiveBytesAndTheSamePixelsGiveTheSame() {
        Random random = new Random(11);
        for (int i = 0; i < 60; i++) {
            int width = 1 + random.nextInt(100);
            int height = 1 + random.nextInt(100);
            int bands = 3 + random.nextInt(2);
            byte[] pixels = new byte[width * height * bands];
            random.nextBytes(pixels);
            byte[] hash = ThumbHash.of(pixels, width, height, bands);
            assertThat(hash.length).isBetween(5, 25);
            assertThat(ThumbHash.of(pixels, width, height, bands)).isEqualTo(hash);
        }
    }

    @Test
    void tooLargePicturesAreRefused() {
        assertThatThrownBy(() -> ThumbHash.of(new byte[101 * 3], 101, 1, 3))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ThumbHash.of(new byte[5], 1, 1, 3)).isInstanceOf(IllegalArgumentException.class);
    }
}
