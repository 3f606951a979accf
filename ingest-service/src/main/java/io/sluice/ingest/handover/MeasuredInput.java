package io.sluice.ingest.handover;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Hashes what is read, and ends where it becomes too much. */
final class MeasuredInput extends FilterInputStream {

    /** More bytes came than are taken. */
    static final class LimitReached extends IOException {
        private static final long serialVersionUID = 1L;
    }

    private static final int PIECE = 64 << 10;

    private final MessageDigest digest = sha256Digest();
    private long left;

    MeasuredInput(InputStream in, long limit) {
        super(in);
        this.left = limit;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = in.read(buffer, offset, length);
        if (read > 0) {
            left -= read;
            if (left < 0) {
                throw new LimitReached();
            }
            digest.update(buffer, offset, read);
        }
        return read;
    }

    @Override
    public long skip(long count) throws IOException {
        return read(new byte[(int) Math.min(count, PIECE)]);
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /** Reads what is left, for its hash. */
    void drain() throws IOException {
        byte[] piece = new byte[PIECE];
        while (read(piece, 0, PIECE) >= 0) {
            // Hashed as it passes.
        }
    }

    /** Of everything, once everything was read; the digest is used up. */
    byte[] sha256() {
        return digest.digest();
    }

    private static MessageDigest sha256Digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
