package io.sluice.ingest.location;

import java.time.Instant;

/**
 * Identity and times of a file as its own file system tells them; nanoseconds since 1970 UTC.
 *
 * @param size bytes
 * @param birthTimeNs 0 where the file system keeps none
 */
public record FileStat(long size, long mtimeNs, long ctimeNs, long birthTimeNs, long inode) {

    /** Whether nothing tells that the bytes may be others: size, mtime, ctime and inode are equal. */
    public boolean sameBytes(FileStat other) {
        return size == other.size && mtimeNs == other.mtimeNs && ctimeNs == other.ctimeNs && inode == other.inode;
    }

    /**
     * Whether this is the same untouched file under another name: a rename changes the ctime and nothing else. Where no
     * birth time is kept it cannot speak against it.
     */
    public boolean sameFileRenamed(FileStat other) {
        return size == other.size
                && mtimeNs == other.mtimeNs
                && inode == other.inode
                && (birthTimeNs == other.birthTimeNs || birthTimeNs == 0 || other.birthTimeNs == 0);
    }

    /** The earliest time that the file system knows of the file; 1970 when it knows none. */
    public Instant earliestTime() {
        long earliest = birthTimeNs > 0 && (mtimeNs <= 0 || birthTimeNs < mtimeNs) ? birthTimeNs : mtimeNs;
        return Instant.ofEpochSecond(0, Math.max(0, earliest));
    }

    public static FileStat of(io.sluice.contract.scanner.v1.FileStat told) {
        return new FileStat(
                told.getSize(), told.getMtimeNs(), told.getCtimeNs(), told.getBirthTimeNs(), told.getInode());
    }

    public io.sluice.contract.scanner.v1.FileStat told() {
        return io.sluice.contract.scanner.v1.FileStat.newBuilder()
                .setSize(size)
                .setMtimeNs(mtimeNs)
                .setCtimeNs(ctimeNs)
                .setBirthTimeNs(birthTimeNs)
                .setInode(inode)
                .build();
    }
}
