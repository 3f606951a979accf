package io.sluice.localstack.demo;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/** An EXIF block as a camera writes it: three directories of tags, little-endian (EXIF 2.32, section 4.6). */
final class ExifBlock {

    private static final int ASCII = 2;
    private static final int SHORT = 3;
    private static final int LONG = 4;
    private static final int RATIONAL = 5;

    private static final int EXIF_POINTER = 0x8769;
    private static final int GPS_POINTER = 0x8825;

    private final Map<Integer, Field> image = new TreeMap<>();
    private final Map<Integer, Field> exif = new TreeMap<>();
    private final Map<Integer, Field> gps = new TreeMap<>();

    /** A tag's value as it stands in the file. */
    private static final class Field {
        private final int type;
        private final int count;
        private final byte[] value;

        Field(int type, int count, byte[] value) {
            this.type = type;
            this.count = count;
            this.value = value;
        }
    }

    ExifBlock orientation(int value) {
        image.put(0x0112, new Field(SHORT, 1, little(2).putShort((short) value).array()));
        return this;
    }

    ExifBlock camera(String make, String model) {
        image.put(0x010F, text(make));
        image.put(0x0110, text(model));
        return this;
    }

    /**
     * When it was taken.
     *
     * @param dateTime {@code 2022:08:03 21:14:09}, local time
     * @param offset {@code +02:00}; null when the camera does not know
     */
    ExifBlock taken(String dateTime, @Nullable String offset) {
        exif.put(0x9003, text(dateTime));
        if (offset != null) {
            exif.put(0x9011, text(offset));
        }
        return this;
    }

    /** Where it was taken, in degrees. */
    ExifBlock position(double latitude, double longitude) {
        gps.put(0x0001, text(latitude < 0 ? "S" : "N"));
        gps.put(0x0002, degrees(Math.abs(latitude)));
        gps.put(0x0003, text(longitude < 0 ? "W" : "E"));
        gps.put(0x0004, degrees(Math.abs(longitude)));
        return this;
    }

    /** The TIFF structure, without the {@code Exif\0\0} before it. */
    byte[] bytes() {
        // Pointers have their place before their value is known, so that sizes are right.
        if (!exif.isEmpty()) {
            image.put(EXIF_POINTER, pointer(0));
        }
        if (!gps.isEmpty()) {
            image.put(GPS_POINTER, pointer(0));
        }
        int imageAt = 8;
        int exifAt = imageAt + size(image);
        int gpsAt = exifAt + (exif.isEmpty() ? 0 : size(exif));
        image.computeIfPresent(EXIF_POINTER, (tag, field) -> pointer(exifAt));
        image.computeIfPresent(GPS_POINTER, (tag, field) -> pointer(gpsAt));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(little(8)
                .put((byte) 'I')
                .put((byte) 'I')
                .putShort((short) 42)
                .putInt(imageAt)
                .array());
        out.writeBytes(directory(image, imageAt));
        if (!exif.isEmpty()) {
            out.writeBytes(directory(exif, exifAt));
        }
        if (!gps.isEmpty()) {
            out.writeBytes(directory(gps, gpsAt));
        }
        return out.toByteArray();
    }

    private static byte[] directory(Map<Integer, Field> fields, int at) {
        byte[] bytes = new byte[size(fields)];
        ByteBuffer out = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int valuesAt = at + entries(fields);
        ByteArrayOutputStream values = new ByteArrayOutputStream();
        out.putShort((short) fields.size());
        for (Map.Entry<Integer, Field> each : fields.entrySet()) {
            Field field = each.getValue();
            out.putShort(each.getKey().shortValue())
                    .putShort((short) field.type)
                    .putInt(field.count);
            if (field.value.length <= 4) {
                out.put(field.value).put(new byte[4 - field.value.length]);
            } else {
                out.putInt(valuesAt + values.size());
                values.writeBytes(field.value);
                values.writeBytes(new byte[field.value.length % 2]);
            }
        }
        out.putInt(0).put(values.toByteArray());
        return bytes;
    }

    private static int entries(Map<Integer, Field> fields) {
        return 2 + 12 * fields.size() + 4;
    }

    private static int size(Map<Integer, Field> fields) {
        return entries(fields)
                + fields.values().stream()
                        .mapToInt(field -> field.value.length <= 4 ? 0 : field.value.length + field.value.length % 2)
                        .sum();
    }

    private static Field text(String value) {
        byte[] bytes = (value + "\0").getBytes(StandardCharsets.US_ASCII);
        return new Field(ASCII, bytes.length, bytes);
    }

    private static Field pointer(int offset) {
        return new Field(LONG, 1, little(4).putInt(offset).array());
    }

    private static Field degrees(double value) {
        int whole = (int) value;
        int minutes = (int) ((value - whole) * 60);
        int seconds = (int) Math.round((value - whole - minutes / 60.0) * 3600 * 1000);
        return new Field(
                RATIONAL,
                3,
                little(24)
                        .putInt(whole)
                        .putInt(1)
                        .putInt(minutes)
                        .putInt(1)
                        .putInt(seconds)
                        .putInt(1000)
                        .array());
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
