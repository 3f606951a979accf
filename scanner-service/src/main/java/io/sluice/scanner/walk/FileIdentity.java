package io.sluice.scanner.walk;

/**
 * Whether two looks, at whatever paths, were at one file. An inode number alone is not enough: it is given again as soon
 * as its file is gone.
 */
public record FileIdentity(FileStat stat) {

    /** By inode and birth time; where there is no birth time by inode, size and modification time. */
    public boolean matches(FileStat other) {
        if (stat.inode() == 0 || stat.inode() != other.inode()) {
            return false;
        }
        return stat.birthTimeNs() != 0 && other.birthTimeNs() != 0
                ? stat.birthTimeNs() == other.birthTimeNs()
                : hasSameContentAs(other);
    }

    /** By size and modification time, as a restored copy has them: weaker, meant for one path. */
    public boolean hasSameContentAs(FileStat other) {
        return stat.size() == other.size() && stat.mtimeNs() == other.mtimeNs();
    }
}
