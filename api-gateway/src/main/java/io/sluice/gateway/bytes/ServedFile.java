package io.sluice.gateway.bytes;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

import io.sluice.contract.CodedException;

/** A file open for reading, whose last bytes leave only if it is still what it was when it was opened. */
final class ServedFile implements Closeable {

    /** Large enough to keep a disk busy, small enough for a thousand downloads at once. */
    private static final int PIECE = 64 * 1024;

    /** Looks at the file again. */
    interface Check {
        /** @throws CodedException {@code SOURCE_CHANGED} when it is another file by now */
        void stillTheSame() throws IOException;
    }

    private final SeekableByteChannel channel;
    private final long size;
    private final Check check;

    /** @param size what the channel has to have, in bytes */
    ServedFile(SeekableByteChannel channel, long size, Check check) {
        this.channel = channel;
        this.size = size;
        this.check = check;
    }

    long size() {
        return size;
    }

    /**
     * Sends a part; the last piece of it waits for the check.
     *
     * @throws IOException when the file ends early or the client is gone
     */
    void send(ByteRanges.Part part, OutputStream to) throws IOException {
        ByteBuffer piece = ByteBuffer.allocate((int) Math.min(PIECE, part.length()));
        channel.position(part.first());
        long left = part.length();
        if (left == 0) {
            check.stillTheSame();
        }
        while (left > 0) {
            piece.clear().limit((int) Math.min(piece.capacity(), left));
            fill(piece);
            left -= piece.position();
            if (left == 0) {
                check.stillTheSame();
            }
            to.write(piece.array(), 0, piece.position());
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private void fill(ByteBuffer piece) throws IOException {
        while (piece.hasRemaining()) {
            if (channel.read(piece) < 0) {
                throw new IOException("The file ended before its size");
            }
        }
    }
}
