package io.sluice.media.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Takes everything but the picture out of a WebP: libvips 8.14 writes EXIF and a profile in spite of being told not to.
 * Format: RFC 9649.
 */
final class WebpFile {

    private static final int HEADER = 12;
    private static final int CHUNK_HEADER = 8;
    private static final int ALPHA_FLAG = 0x10;
    private static final Set<String> PICTURE = Set.of("ALPH", "VP8 ", "VP8L");

    private WebpFile() {}

    /** @throws IllegalArgumentException when it is no WebP of one picture */
    static byte[] withoutMetadata(byte[] webp) {
        ByteBuffer in = ByteBuffer.wrap(webp).order(ByteOrder.LITTLE_ENDIAN);
        ByteArrayOutputStream chunks = new ByteArrayOutputStream(webp.length);
        byte[] extended = new byte[0];
        boolean alpha = false;
        for (int at = HEADER; at + CHUNK_HEADER <= webp.length; ) {
            String name = new String(webp, at, 4, StandardCharsets.ISO_8859_1);
            int size = in.getInt(at + 4);
            int padded = CHUNK_HEADER + size + (size & 1);
            if (size < 0 || padded > webp.length - at) {
                throw new IllegalArgumentException("Chunk " + name + " reaches beyond the file");
            }
            if (PICTURE.contains(name)) {
                chunks.write(webp, at, padded);
                alpha |= name.equals("ALPH");
            } else if (name.equals("VP8X")) {
                extended = new byte[padded];
                System.arraycopy(webp, at, extended, 0, padded);
                extended[CHUNK_HEADER] = ALPHA_FLAG;
            }
            at += padded;
        }
        if (chunks.size() == 0) {
            throw new IllegalArgumentException("A WebP without a picture");
        }
        // Only a separate alpha chunk needs the extended header.
        int head = alpha ? extended.length : 0;
        ByteBuffer out = ByteBuffer.allocate(HEADER + head + chunks.size()).order(ByteOrder.LITTLE_ENDIAN);
        out.put(webp, 0, 4).putInt(4 + head + chunks.size()).put(webp, 8, 4);
        out.put(extended, 0, head).put(chunks.toByteArray());
        return out.array();
    }
}
