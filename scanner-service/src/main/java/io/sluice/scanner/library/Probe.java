package io.sluice.scanner.library;

import io.sluice.scanner.walk.RawPath;

/** What a look at a library's root came to. */
public sealed interface Probe {

    /**
     * It is there.
     *
     * @param root where it really is, through every link
     * @param device with {@code inode}: which directory it is, so that a look before and one after can be compared
     */
    record Passed(RawPath root, long device, long inode) implements Probe {

        boolean sameDirectoryAs(Passed other) {
            return device == other.device && inode == other.inode;
        }
    }

    /** It is not provably there; a sentence with the cure. */
    record Failed(String reason) implements Probe {}

    /** This probe after a walk, judged by the one before it. */
    default Probe after(Passed before) {
        return switch (this) {
            case Passed now
            when !now.sameDirectoryAs(before) ->
                new Failed("Its root was exchanged for another directory during a scan; the next scan looks again."
                        + " If this lasts, see what mounts " + now.root() + ".");
            case Passed now -> now;
            case Failed failed -> failed;
        };
    }
}
