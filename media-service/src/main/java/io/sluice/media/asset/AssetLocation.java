package io.sluice.media.asset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
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
