package io.sluice.localstack.demo;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** The colour profile of phones and of wide-gamut screens (ICC.1:2022, a matrix profile; primaries adapted to D50). */
final class DisplayP3 {

    private static final int HEADER = 128;

    private DisplayP3() {}

    static byte[] profile() {
        Map<String, byte[]> tags = new LinkedHashMap<>();
        tags.put("desc", text("Display P3"));
        tags.put("cprt", text("No copyright, use freely"));
        tags.put("wtpt", xyz(0.9642, 1.0, 0.8249));
        tags.put("rXYZ", xyz(0.51512, 0.24120, -0.00105));
        tags.put("gXYZ", xyz(0.29198, 0.69225, 0.04189));
        tags.put("bXYZ", xyz(0.15710, 0.06657, 0.78407));
        byte[] curve = srgbCurve();
        tags.put("rTRC", curve);
        tags.put("gTRC", curve);
        tags.put("bTRC", curve);
        ByteArrayOutputStream table = new ByteArrayOutputStream();
        ByteArrayOutputStream values = new ByteArrayOutputStream();
        int valuesAt = HEADER + 4 + 12 * tags.size();
        table.writeBytes(ByteBuffer.allocate(4).putInt(tags.size()).array());
        tags.forEach((name, value) -> {
            table.writeBytes(name.getBytes(StandardCharsets.US_ASCII));
            table.writeBytes(ByteBuffer.allocate(8)
                    .putInt(valuesAt + values.size())
                    .putInt(value.length)
                    .array());
            values.writeBytes(value);
            values.writeBytes(new byte[(4 - value.length % 4) % 4]);
        });
        ByteBuffer profile = ByteBuffer.allocate(valuesAt + values.size());
        profile.put(header(profile.capacity())).put(table.toByteArray()).put(values.toByteArray());
        return profile.array();
    }

    private static byte[] header(int size) {
        ByteBuffer header = ByteBuffer.allocate(HEADER);
        header.putInt(size).putInt(0).putInt(0x04300000).put(ascii("mntrRGB XYZ "));
        header.putShort((short) 2026).putShort((short) 1).putShort((short) 1);
        header.position(36);
        header.put(ascii("acsp"));
        header.position(68);
        header.put(s15Fixed16(0.9642)).put(s15Fixed16(1.0)).put(s15Fixed16(0.8249));
        return header.array();
    }

    private static byte[] text(String text) {
        byte[] utf16 = text.getBytes(StandardCharsets.UTF_16BE);
        return ByteBuffer.allocate(28 + utf16.length)
                .put(ascii("mluc"))
                .putInt(0)
                .putInt(1)
                .putInt(12)
                .put(ascii("enUS"))
                .putInt(utf16.length)
                .putInt(28)
                .put(utf16)
                .array();
    }

    private static byte[] xyz(double x, double y, double z) {
        return ByteBuffer.allocate(20)
                .put(ascii("XYZ "))
                .putInt(0)
                .put(s15Fixed16(x))
                .put(s15Fixed16(y))
                .put(s15Fixed16(z))
                .array();
    }

    /** Parametric curve 3 with sRGB's numbers, which Display P3 shares. */
    private static byte[] srgbCurve() {
        return ByteBuffer.allocate(32)
                .put(ascii("para"))
                .putInt(0)
                .putShort((short) 3)
                .putShort((short) 0)
                .put(s15Fixed16(2.4))
                .put(s15Fixed16(1 / 1.055))
                .put(s15Fixed16(0.055 / 1.055))
                .put(s15Fixed16(1 / 12.92))
                .put(s15Fixed16(0.04045))
                .array();
    }

    private static byte[] s15Fixed16(double value) {
        return ByteBuffer.allocate(4).putInt((int) Math.round(value * 65536)).array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
