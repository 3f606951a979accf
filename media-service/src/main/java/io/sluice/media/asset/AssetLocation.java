package io.sluice.media.asset;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.sluice.contract.ingest.v1.FileLocation;
import io.sluice.contract.scanner.v1.FileStat;

/**
 * Where an asset's bytes lay when they were hashed, and how their file looked then.
 *
 * @param path relative to the library's root, bytes
 */
public record AssetLocation(String libraryId, byte[] path, FileStat stat, boolean present) {

    static AssetLocation of(FileLocation told) {
        return new AssetLocation(told.getLibraryId(), told.getPath().toByteArray(), told.getStat(), told.getPresent());
    }

    /** Another file, named from this one's folder; nothing is known of it yet. */
    public AssetLocation beside(Path name) {
        byte[] below = name.toString().getBytes(StandardCharsets.UTF_8);
        int folder = 0;
        for (int i = 0; i < path.length; i++) {
            if (path[i] == '/') {
                folder = i + 1;
            }
        }
        byte[] whole = Arrays.copyOf(path, folder + below.length);
        System.arraycopy(below, 0, whole, folder, below.length);
        return new AssetLocation(libraryId, whole, FileStat.getDefaultInstance(), true);
    }

    /**
     * The same place with the file as it looks now.
     *
     * @throws IOException when it cannot be looked at, or is gone
     */
    public AssetLocation seen(Path file) throws IOException {
        Map<String, Object> now =
                Files.readAttributes(file, "unix:size,lastModifiedTime,ctime,ino", LinkOption.NOFOLLOW_LINKS);
        if (now.get("size") instanceof Long size
                && now.get("lastModifiedTime") instanceof FileTime modified
                && now.get("ctime") instanceof FileTime changed
                && now.get("ino") instanceof Long inode) {
            FileStat stat = FileStat.newBuilder()
                    .setSize(size)
                    .setMtimeNs(modified.to(TimeUnit.NANOSECONDS))
                    .setCtimeNs(changed.to(TimeUnit.NANOSECONDS))
                    .setInode(inode)
                    .build();
            return new AssetLocation(libraryId, path, stat, present);
        }
        throw new IOException("A file system that tells neither size nor times of " + file);
    }

    /**
     * Whether the file there is still the one that was hashed, as far as its size, times and inode tell. A link in its
     * place is another file.
     *
     * @throws IOException when it cannot be looked at, or is gone
     */
    public boolean isStill(Path file) throws IOException {
        Map<String, Object> now = Files.readAttributes(
                file, "unix:size,lastModifiedTime,ctime,ino,isRegularFile", LinkOption.NOFOLLOW_LINKS);
        return Boolean.TRUE.equals(now.get("isRegularFile"))
                && now.get("size") instanceof Long size
                && size == stat.getSize()
                && now.get("lastModifiedTime") instanceof FileTime modified
                && modified.to(TimeUnit.NANOSECONDS) == stat.getMtimeNs()
                && now.get("ctime") instanceof FileTime changed
                && changed.to(TimeUnit.NANOSECONDS) == stat.getCtimeNs()
                && now.get("ino") instanceof Long inode
                && inode == stat.getInode();
    }
}
