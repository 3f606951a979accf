package io.sluice.media.work;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.media.store.StoreFailure;

/** Copies a file from a mount into the store; which of the two failed decides what is told. */
final class CopyFile {

    private static final int CHUNK = 1 << 16;

    private CopyFile() {}

    /**
     * Not through a link, no more than there should be, and synced.
     *
     * @param to not there yet
     * @param size bytes; of a file that is longer one more is copied, so that its copy cannot pass for it
     * @throws CodedException {@code FILE_UNREADABLE}, {@code STORE_FULL}, {@code STORE_UNAVAILABLE}
     */
    static void copy(Path from, Path to, long size) {
        ByteBuffer buffer = ByteBuffer.allocate(CHUNK);
        try (SeekableByteChannel in =
                Files.newByteChannel(from, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            try (FileChannel out = created(to)) {
                long left = size + 1;
                while (left > 0 && read(in, buffer, from) >= 0) {
                    left -= buffer.flip().remaining();
                    write(out, buffer, to);
                    buffer.clear();
                }
                sync(out, to);
            }
        } catch (IOException e) {
            throw new CodedException(
                    ErrorCode.FILE_UNREADABLE, "The file cannot be read, check its permissions and disk: " + e, e);
        }
    }

    private static int read(SeekableByteChannel in, ByteBuffer buffer, Path file) {
        try {
            return in.read(buffer);
        } catch (IOException e) {
            throw new CodedException(ErrorCode.FILE_UNREADABLE, "The file cannot be read: " + file + " (" + e + ")", e);
        }
    }

    private static FileChannel created(Path file) {
        try {
            return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw StoreFailure.of(e, file);
        }
    }

    private static void write(FileChannel out, ByteBuffer buffer, Path file) {
        try {
            while (buffer.hasRemaining()) {
                out.write(buffer);
            }
        } catch (IOException e) {
            throw StoreFailure.of(e, file);
        }
    }

    private static void sync(FileChannel out, Path file) {
        try {
            out.force(true);
        } catch (IOException e) {
            throw StoreFailure.of(e, file);
        }
    }
}
