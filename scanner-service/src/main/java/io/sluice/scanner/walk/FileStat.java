package io.sluice.scanner.walk;

/**
 * What a file system tells of a file. Times are nanoseconds since 1970 UTC, by the file system's own clock.
 *
 * @param size bytes
 * @param birthTimeNs 0 where the file system keeps none
 */
public record FileStat(long size, long mtimeNs, long ctimeNs, long birthTimeNs, long inode) {

    /** Whether nothing tells the two apart. A birth time that one of them does not know tells nothing. */
    public boolean sameAs(FileStat other) {
        return size == other.size
                && mtimeNs == other.mtimeNs
                && ctimeNs == other.ctimeNs
                && inode == other.inode
                && (birthTimeNs == other.birthTimeNs || birthTimeNs == 0 || other.birthTimeNs == 0);
    }

    public FileIdentity identity() {
        return new FileIdentity(this);
    }

    /** When it was last written to or renamed, whichever came later. */
    public long newestNs() {
        return Math.max(mtimeNs, ctimeNs);
    }
}
