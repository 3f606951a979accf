package io.sluice.ingest.world;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;

import io.sluice.contract.scanner.v1.FileObservation;

/** The scanner's digests, written from the words of {@code ScanDigest} and not from anybody's SQL. */
final class Digests {

    private Digests() {}

    static long[] of(Collection<FileObservation> files) {
        long[] buckets = new long[256];
        for (FileObservation file : files) {
            String text = file.getFileId() + ":" + file.getSequence() + ":" + (file.getPresent() ? 1 : 0);
            buckets[(int) (file.getFileId() & 255)] ^= firstEight(text);
        }
        return buckets;
    }

    private static long firstEight(String text) {
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.US_ASCII)))
                    .getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
