package io.sluice.scanner.walk;

import java.util.HashSet;
import java.util.Set;

/**
 * Places that a walk could not look at. Nothing below them is known to be absent. That holds as well for a directory that
 * its parent listed and that was gone when it was to be read: it may have been removed, or a mount may have slipped away
 * and come back in between; the next walk tells which.
 */
public final class Doubts {

    /** So many that the walk says nothing about absence at all. */
    private static final int LIMIT = 10_000;

    private final Set<RawPath> places = new HashSet<>();
    private boolean everywhere;

    void add(RawPath place) {
        if (place.isEmpty() || places.size() >= LIMIT) {
            everywhere = true;
        }
        if (!everywhere) {
            places.add(place);
        }
    }

    /** Whether the path, or a directory above it, could not be looked at. */
    public boolean cover(RawPath path) {
        if (everywhere) {
            return true;
        }
        if (places.isEmpty()) {
            return false;
        }
        for (RawPath at = path; !at.isEmpty(); at = at.parent()) {
            if (places.contains(at)) {
                return true;
            }
        }
        return false;
    }

    /** Whether nothing at all can be concluded. */
    public boolean everywhere() {
        return everywhere;
    }
}
