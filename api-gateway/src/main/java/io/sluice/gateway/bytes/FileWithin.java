package io.sluice.gateway.bytes;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import com.google.protobuf.ByteString;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.contract.scanner.v1.FileStat;

/**
 * A file that provably lies within a directory. Links inside the directory are followed, links out of it are not; the
 * way is then walked name by name without following any, so that a link put there in between leads nowhere.
 *
 * @param root the directory, without links
 * @param path the file, without links
 */
record FileWithin(Path root, Path path) {

    /**
     * @throws CodedException {@code NOT_FOUND} when the path leads out of the directory
     * @throws IOException when there is no such file, or it cannot be reached
     */
    static FileWithin resolve(Path directory, ByteString subPath, ByteString below) throws IOException {
        Path root = directory.toRealPath();
        Path path = RawPath.resolve(RawPath.resolve(root, subPath), below).toRealPath();
        if (!path.startsWith(root) || path.equals(root)) {
            throw new CodedException(ErrorCode.NOT_FOUND, "This path leads out of its mount; it is not followed.");
        }
        return new FileWithin(root, path);
    }

    /** What the file system says of it now; zero for what it does not keep. */
    FileStat stat() throws IOException {
        Map<String, @Nullable Object> unix =
                Files.readAttributes(path, "unix:size,lastModifiedTime,ctime,ino,isRegularFile", NOFOLLOW_LINKS);
        if (!Boolean.TRUE.equals(unix.get("isRegularFile"))) {
            throw new IOException("not a regular file");
        }
        return FileStat.newBuilder()
                .setSize(number(unix.get("size")))
                .setMtimeNs(nanoseconds(unix.get("lastModifiedTime")))
                .setCtimeNs(nanoseconds(unix.get("ctime")))
                .setInode(number(unix.get("ino")))
                .build();
    }

    private static long number(@Nullable Object value) {
        return value instanceof Long number ? number : 0;
    }

    private static long nanoseconds(@Nullable Object value) {
        return value instanceof FileTime time ? time.to(TimeUnit.NANOSECONDS) : 0;
    }

    SeekableByteChannel open() throws IOException {
        Path names = root.relativize(path);
        SecureDirectoryStream<Path> directory = secure(Files.newDirectoryStream(root));
        try {
            for (int i = 0; i < names.getNameCount() - 1; i++) {
                SecureDirectoryStream<Path> next = directory.newDirectoryStream(names.getName(i), NOFOLLOW_LINKS);
                directory.close();
                directory = next;
            }
            return directory.newByteChannel(names.getFileName(), Set.of(StandardOpenOption.READ, NOFOLLOW_LINKS));
        } finally {
            directory.close();
        }
    }

    private static SecureDirectoryStream<Path> secure(DirectoryStream<Path> stream) throws IOException {
        if (stream instanceof SecureDirectoryStream<Path> secure) {
            return secure;
        }
        stream.close();
        throw new IOException("This platform cannot open files relative to a directory");
    }
}
