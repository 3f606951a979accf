package io.sluice.scanner.scan;

import io.sluice.scanner.walk.FileStat;
import io.sluice.scanner.walk.RawPath;
import io.sluice.scanner.walk.SeenDirectory;

/**
 * Directories as a walk left them: path, identity and times in 64 bits each, 16 bytes of memory a directory. One that is
 * not among them is new, was renamed (it or one above it), or gained or lost an entry, whatever any clock says: then all
 * its files are looked at. Two that fall together (1 in 10^7 for a million) cost a delay until the next full scan.
 */
final class KnownDirectories {

    private static final int FIRST_SIZE = 1024;

    private long[] table = new long[FIRST_SIZE];
    private int count;

    void add(SeenDirectory directory) {
        if (count * 2 >= table.length) {
            long[] old = table;
            table = new long[old.length * 2];
            count = 0;
            for (long mark : old) {
                put(mark);
            }
        }
        put(mark(directory));
    }

    boolean contains(SeenDirectory directory) {
        long mark = mark(directory);
        for (int slot = slot(mark); table[slot] != 0; slot = (slot + 1) & (table.length - 1)) {
            if (table[slot] == mark) {
                return true;
            }
        }
        return false;
    }

    int size() {
        return count;
    }

    private void put(long mark) {
        if (mark == 0) {
            return;
        }
        int slot = slot(mark);
        while (table[slot] != 0 && table[slot] != mark) {
            slot = (slot + 1) & (table.length - 1);
        }
        if (table[slot] == 0) {
            table[slot] = mark;
            count++;
        }
    }

    private int slot(long mark) {
        return (int) mark & (table.length - 1);
    }

    private static long mark(SeenDirectory directory) {
        RawPath path = directory.path();
        long mark = 0xcbf29ce484222325L;
        for (int i = 0; i < path.length(); i++) {
            mark = (mark ^ path.at(i)) * 0x100000001b3L;
        }
        FileStat stat = directory.stat();
        mark = mixed(mark + stat.inode());
        mark = mixed(mark + stat.mtimeNs());
        mark = mixed(mark + stat.ctimeNs());
        return mark == 0 ? 1 : mark;
    }

    /** The finalizer of SplitMix64 (Steele, Lea, Flood 2014). */
    private static long mixed(long value) {
        long z = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
