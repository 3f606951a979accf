package io.sluice.localstack.demo;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** A JPEG file and the application segments that stand before its pixels. */
final class Jpeg {

    /** A marker and a length, two bytes each; the length counts itself. */
    private static final int SEGMENT_OVERHEAD = 4;

    private static final int LONGEST_SEGMENT = 65_000;

    private final byte[] bytes;

    private Jpeg(byte[] bytes) {
        this.bytes = bytes;
    }

    byte[] bytes() {
        return bytes.clone();
    }

    static Jpeg of(BufferedImage image) throws IOException {
        return of(image, false);
    }

    static Jpeg progressive(BufferedImage image) throws IOException {
        return of(image, true);
    }

    private static Jpeg of(BufferedImage image, boolean progressive) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
            ImageWriteParam how = writer.getDefaultWriteParam();
            how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            how.setCompressionQuality(0.88f);
            how.setProgressiveMode(progressive ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
            writer.setOutput(stream);
            writer.write(null, new IIOImage(image, null, null), how);
        } finally {
            writer.dispose();
        }
        return new Jpeg(out.toByteArray());
    }

    Jpeg with(ExifBlock exif) {
        return withSegment(0xE1, "Exif\0\0", exif.bytes());
    }

    /** The profile says what the numbers of the pixels mean; they stay as they are. */
    Jpeg withProfile(byte[] icc) {
        return withSegment(0xE2, "ICC_PROFILE\0\1\1", icc);
    }

    /** Makes files of the same pixels differ. */
    Jpeg withComment(String text) {
        return withSegment(0xFE, text, new byte[0]);
    }

    /** Adds comments until the file has about so many bytes; never fewer than it has. */
    Jpeg filledUpTo(int size) {
        Jpeg filled = this;
        while (size - filled.bytes.length > SEGMENT_OVERHEAD) {
            int room = size - filled.bytes.length - SEGMENT_OVERHEAD;
            filled = filled.withSegment(0xFE, "", new byte[Math.min(room, LONGEST_SEGMENT)]);
        }
        return filled;
    }

    /** Puts the segment right behind the start of the image. */
    private Jpeg withSegment(int marker, String label, byte[] content) {
        byte[] name = label.getBytes(StandardCharsets.ISO_8859_1);
        int length = 2 + name.length + content.length;
        ByteBuffer out = ByteBuffer.allocate(bytes.length + 2 + length);
        out.put(bytes, 0, 2).put((byte) 0xFF).put((byte) marker).putShort((short) length);
        out.put(name).put(content).put(bytes, 2, bytes.length - 2);
        return new Jpeg(out.array());
    }
}
