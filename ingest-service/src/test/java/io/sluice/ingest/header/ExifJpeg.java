package io.sluice.ingest.header;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import javax.imageio.ImageIO;

/** Makes real JPEGs with an EXIF segment of our choice (TIFF 6.0, big endian). Colours make the bytes differ. */
public final class ExifJpeg {

    private static final int ASCII = 2;
    private static final int SHORT = 3;
    private static final int LONG = 4;
    private static final int RATIONAL = 5;

    private record Entry(int type, int count, byte[] data) {}

    private final TreeMap<Integer, Entry> main = new TreeMap<>();
    private final TreeMap<Integer, Entry> shot = new TreeMap<>();
    private final TreeMap<Integer, Entry> gps = new TreeMap<>();
    private int colour = 0x336699;

    public ExifJpeg colour(int rgb) {
        colour = rgb;
        return this;
    }

    public ExifJpeg camera(String make, String model, String lens) {
        main.put(0x010f, text(make));
        main.put(0x0110, text(model));
        shot.put(0xa434, text(lens));
        return this;
    }

    public ExifJpeg orientation(int value) {
        main.put(0x0112, number(value));
        return this;
    }

    /** @param original as EXIF writes it, {@code yyyy:MM:dd HH:mm:ss} */
    public ExifJpeg takenAt(String original) {
        shot.put(0x9003, text(original));
        return this;
    }

    public ExifJpeg digitizedAt(String digitized) {
        shot.put(0x9004, text(digitized));
        return this;
    }

    public ExifJpeg fraction(String digits) {
        shot.put(0x9291, text(digits));
        return this;
    }

    public ExifJpeg offset(String offset) {
        shot.put(0x9011, text(offset));
        return this;
    }

    public ExifJpeg exposure(int focalMillimetres, int fNumberTenths, int oneThrough, int iso) {
        shot.put(0x920a, rationals(focalMillimetres, 1));
        shot.put(0x829d, rationals(fNumberTenths, 10));
        shot.put(0x829a, rationals(1, oneThrough));
        shot.put(0x8827, number(iso));
        return this;
    }

    public ExifJpeg place(int latitude, int longitude, int altitude) {
        gps.put(1, text(latitude < 0 ? "S" : "N"));
        gps.put(2, rationals(Math.abs(latitude), 1, 30, 1, 0, 1));
        gps.put(3, text(longitude < 0 ? "W" : "E"));
        gps.put(4, rationals(Math.abs(longitude), 1, 15, 1, 0, 1));
        gps.put(5, new Entry(1, 1, new byte[] {(byte) (altitude < 0 ? 1 : 0)}));
        gps.put(6, rationals(Math.abs(altitude), 1));
        return this;
    }

    public ExifJpeg nowhere() {
        place(0, 0, 0);
        gps.put(2, rationals(0, 1, 0, 1, 0, 1));
        gps.put(4, rationals(0, 1, 0, 1, 0, 1));
        return this;
    }

    public byte[] bytes() {
        byte[] jpeg = pixels();
        byte[] tiff = tiff();
        if (main.isEmpty() && shot.isEmpty() && gps.isEmpty()) {
            return jpeg;
        }
        ByteBuffer out = ByteBuffer.allocate(jpeg.length + tiff.length + 10);
        out.put(jpeg, 0, 2)
                .putShort((short) 0xffe1)
                .putShort((short) (tiff.length + 8))
                .put("Exif\0\0".getBytes(StandardCharsets.US_ASCII))
                .put(tiff)
                .put(jpeg, 2, jpeg.length - 2);
        return out.array();
    }

    private byte[] pixels() {
        BufferedImage image = new BufferedImage(16, 12, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < 12; y++) {
            for (int x = 0; x < 16; x++) {
                image.setRGB(x, y, colour + x * 5 + y * 1280);
            }
        }
        try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            ImageIO.write(image, "jpg", out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] tiff() {
        int exifAt = 8 + size(main) + 24; // main gets two pointers of 12 bytes
        int gpsAt = exifAt + size(shot);
        TreeMap<Integer, Entry> first = new TreeMap<>(main);
        first.put(0x8769, pointer(exifAt));
        first.put(0x8825, pointer(gpsAt));
        ByteBuffer out = ByteBuffer.allocate(gpsAt + size(gps));
        out.putShort((short) 0x4d4d).putShort((short) 42).putInt(8);
        write(out, first);
        write(out, shot);
        write(out, gps);
        return out.array();
    }

    private static int size(Map<Integer, Entry> directory) {
        return 2
                + 12 * directory.size()
                + 4
                + directory.values().stream()
                        .mapToInt(entry -> entry.data().length > 4 ? entry.data().length : 0)
                        .sum();
    }

    private static void write(ByteBuffer out, Map<Integer, Entry> directory) {
        int dataAt = out.position() + 2 + 12 * directory.size() + 4;
        out.putShort((short) directory.size());
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        for (Map.Entry<Integer, Entry> field : directory.entrySet()) {
            Entry entry = field.getValue();
            out.putShort(field.getKey().shortValue())
                    .putShort((short) entry.type())
                    .putInt(entry.count());
            if (entry.data().length > 4) {
                out.putInt(dataAt + data.size());
                data.writeBytes(entry.data());
            } else {
                out.put(Arrays.copyOf(entry.data(), 4));
            }
        }
        out.putInt(0).put(data.toByteArray());
    }

    private static Entry text(String value) {
        byte[] bytes = (value + "\0").getBytes(StandardCharsets.UTF_8);
        return new Entry(ASCII, bytes.length, bytes);
    }

    private static Entry number(int value) {
        return new Entry(
                SHORT, 1, ByteBuffer.allocate(2).putShort((short) value).array());
    }

    private static Entry pointer(int value) {
        return new Entry(LONG, 1, ByteBuffer.allocate(4).putInt(value).array());
    }

    private static Entry rationals(int... parts) {
        ByteBuffer data = ByteBuffer.allocate(parts.length * 4);
        for (int part : parts) {
            data.putInt(part);
        }
        return new Entry(RATIONAL, parts.length / 2, data.array());
    }
}
