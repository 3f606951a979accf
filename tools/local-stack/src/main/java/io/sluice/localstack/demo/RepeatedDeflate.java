package io.sluice.localstack.demo;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.Adler32;
import java.util.zip.Deflater;

/**
 * Hundreds of megabytes of the same row, as a zlib stream (RFC 1950), in no time: a block of rows is compressed behind
 * one like it, and what comes out holds as often as it is repeated, because all it refers to is the block before.
 */
final class RepeatedDeflate {

    /** Matches reach back 32 KB; a block must be longer than that. */
    private static final int BLOCK_BYTES = 1 << 20;

    private RepeatedDeflate() {}

    static byte[] of(byte[] row, int rows) {
        int rowsInBlock = Math.min(rows, BLOCK_BYTES / row.length + 1);
        byte[] block = repeat(row, rowsInBlock);
        byte[] rest = repeat(row, rows % rowsInBlock);
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        Adler32 sum = new Adler32();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            out.write(0x78);
            out.write(0xDA);
            out.writeBytes(flushed(deflater, block));
            sum.update(block);
            byte[] again = flushed(deflater, block);
            for (int i = 1; i < rows / rowsInBlock; i++) {
                out.writeBytes(again);
                sum.update(block);
            }
            out.writeBytes(flushed(deflater, rest));
            sum.update(rest);
        } finally {
            deflater.end();
        }
        // An empty last block, and the sum over everything.
        out.writeBytes(new byte[] {0x03, 0x00});
        out.writeBytes(ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
        return out.toByteArray();
    }

    private static byte[] repeat(byte[] row, int times) {
        ByteBuffer all = ByteBuffer.allocate(row.length * times);
        for (int i = 0; i < times; i++) {
            all.put(row);
        }
        return all.array();
    }

    /** Up to a byte boundary, so that it can stand anywhere. */
    private static byte[] flushed(Deflater deflater, byte[] block) {
        deflater.setInput(block);
        byte[] buffer = new byte[block.length + 1024];
        int length = deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH);
        return Arrays.copyOf(buffer, length);
    }
}
