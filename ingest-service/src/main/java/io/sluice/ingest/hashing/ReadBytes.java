package io.sluice.ingest.hashing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.ingest.identity.ContentHash;
import io.sluice.ingest.identity.ContentHasher;
import io.sluice.ingest.location.FileStat;

/** Reads every byte of a file once, in pieces of 256 KiB, and hashes it. One a thread: the piece is used again. */
public final class ReadBytes {

    /** Large enough to read at full speed, small enough to stay in the processor's cache until it is hashed. */
    private static final int PIECE = 256 << 10;

    private static final String STAT = "unix:size,lastModifiedTime,ctime,creationTime,ino,isRegularFile";

    private final byte[] piece = new byte[PIECE];
    private final HashConfig config;

    public ReadBytes(HashConfig config) {
        this.config = config;
    }

    /**
     * The file as it is now; links are not followed.
     *
     * @throws CodedException {@code SOURCE_CHANGED} when it is no regular file any more
     */
    static FileStat stat(Path file) throws IOException {
        Map<String, Object> stat = Files.readAttributes(file, STAT, LinkOption.NOFOLLOW_LINKS);
        if (!Boolean.TRUE.equals(stat.get("isRegularFile"))) {
            throw new CodedException(ErrorCode.SOURCE_CHANGED, "It is no regular file any more: " + file);
        }
        return new FileStat(
                part(stat, "size", Long.class),
                nanos(stat, "lastModifiedTime"),
                nanos(stat, "ctime"),
                nanos(stat, "creationTime"),
                part(stat, "ino", Long.class));
    }

    private static long nanos(Map<String, Object> stat, String name) {
        return part(stat, name, FileTime.class).to(TimeUnit.NANOSECONDS);
    }

    private static <T> T part(Map<String, Object> stat, String name, Class<T> type) {
        return Objects.requireNonNull(type.cast(stat.get(name)), name);
    }

    /**
     * Hashes a file of that size.
     *
     * @param lost whether to give up
     * @throws CodedException {@code INTERRUPTED}, or {@code FILE_UNREADABLE} when it takes longer than its time limit
     */
    public ContentHash hash(Path file, long size, BooleanSupplier lost) throws IOException {
        Duration limit = limit(size);
        long start = System.nanoTime();
        ContentHasher hasher = new ContentHasher();
        try (FileChannel channel = FileChannel.open(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            ByteBuffer buffer = ByteBuffer.wrap(piece);
            for (int read = channel.read(buffer); read >= 0; read = channel.read(buffer.clear())) {
                hasher.update(piece, read);
                if (lost.getAsBoolean()) {
                    throw new CodedException(ErrorCode.INTERRUPTED, "Stopped while the file was read");
                }
                if (System.nanoTime() - start > limit.toNanos()) {
                    throw new CodedException(
                            ErrorCode.FILE_UNREADABLE,
                            "Reading it took longer than " + limit.toSeconds()
                                    + " s (the larger of sluice.hash.time-limit"
                                    + " and its size at sluice.hash.slowest-rate): raise the limit or mend the disk.");
                }
            }
        }
        return hasher.finish();
    }

    /** max(60 s, size / 10 MB/s) unless configured. */
    private Duration limit(long size) {
        Duration bySize = Duration.ofMillis(size / Math.max(1, config.slowestRate() / 1000));
        return bySize.compareTo(config.timeLimit()) > 0 ? bySize : config.timeLimit();
    }
}
