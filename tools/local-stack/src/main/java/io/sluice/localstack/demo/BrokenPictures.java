package io.sluice.localstack.demo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;

/** Files that cannot become renditions, each in its own way. */
final class BrokenPictures {

    private BrokenPictures() {}

    /** Bytes turned over in the middle of the pixels, and the end missing: a bad disk, a broken upload. */
    static byte[] corruptJpeg() throws IOException {
        byte[] good = Jpeg.of(Painter.landscape(1200, 900, 901)).bytes();
        byte[] bad = Arrays.copyOf(good, good.length * 3 / 5);
        Random random = new Random(901);
        for (int i = 0; i < 200; i++) {
            bad[bad.length / 3 + random.nextInt(bad.length / 2)] ^= (byte) (1 + random.nextInt(255));
        }
        return bad;
    }

    static byte[] textNamedJpeg() {
        return "This is a shopping list, not a picture.\nbread\nbutter\nfilm, 36 exposures\n"
                .getBytes(StandardCharsets.UTF_8);
    }

    /** A valid PNG of 50,000 by 50,000 white pixels: 400 KB in the library, 2.5 gigapixels in memory. */
    static byte[] hugePng() {
        int side = 50_000;
        byte[] row = new byte[1 + (side + 7) / 8];
        Arrays.fill(row, 1, row.length, (byte) 0xFF);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
        byte[] size =
                ByteBuffer.allocate(13).putInt(side).putInt(side).put((byte) 1).array();
        out.writeBytes(chunk("IHDR", size));
        out.writeBytes(chunk("IDAT", RepeatedDeflate.of(row, side)));
        out.writeBytes(chunk("IEND", new byte[0]));
        return out.toByteArray();
    }

    /**
     * A TIFF that kills the process that decodes it, under a memory limit of 1.5 GB or less. It has 196 megapixels,
     * which is within the limit of pixels, in four separate planes of 16 bits, each one single strip of deflated zeros
     * (all four point to the same one). libvips must hold a strip of all planes at once to interleave them, 1.57 GB,
     * and asks glib for that, which aborts the process when it cannot have it. Nothing in our code knows this file.
     */
    static byte[] decoderKiller() {
        int side = 14_000;
        int planes = 4;
        byte[] strip = RepeatedDeflate.of(new byte[side * 2], side);
        int stripAt = 8;
        int offsetsAt = stripAt + strip.length + strip.length % 2;
        int countsAt = offsetsAt + 4 * planes;
        int bitsAt = countsAt + 4 * planes;
        int extrasAt = bitsAt + 2 * planes;
        int directoryAt = extrasAt + 2 * (planes - 1) + 2;
        int entries = 11;
        ByteBuffer out = ByteBuffer.allocate(directoryAt + 2 + 12 * entries + 4).order(ByteOrder.LITTLE_ENDIAN);
        out.put((byte) 'I')
                .put((byte) 'I')
                .putShort((short) 42)
                .putInt(directoryAt)
                .put(strip);
        out.position(offsetsAt);
        for (int plane = 0; plane < planes; plane++) {
            out.putInt(offsetsAt + 4 * plane, stripAt);
            out.putInt(countsAt + 4 * plane, strip.length);
            out.putShort(bitsAt + 2 * plane, (short) 16);
        }
        out.position(directoryAt);
        out.putShort((short) entries);
        entry(out, 256, 4, 1, side); // width
        entry(out, 257, 4, 1, side); // height
        entry(out, 258, 3, planes, bitsAt); // bits per sample
        entry(out, 259, 3, 1, 8); // deflate
        entry(out, 262, 3, 1, 0); // zero is white
        entry(out, 273, 4, planes, offsetsAt); // strips
        entry(out, 277, 3, 1, planes); // samples per pixel
        entry(out, 278, 4, 1, side); // rows per strip
        entry(out, 279, 4, planes, countsAt); // bytes per strip
        entry(out, 284, 3, 1, 2); // planes are separate
        entry(out, 338, 3, planes - 1, extrasAt); // what the other planes are: unspecified
        return out.putInt(0).array();
    }

    private static void entry(ByteBuffer out, int tag, int type, int count, int value) {
        out.putShort((short) tag).putShort((short) type).putInt(count).putInt(value);
    }

    private static byte[] chunk(String type, byte[] content) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(content);
        return ByteBuffer.allocate(12 + content.length)
                .putInt(content.length)
                .put(name)
                .put(content)
                .putInt((int) crc.getValue())
                .array();
    }
}
