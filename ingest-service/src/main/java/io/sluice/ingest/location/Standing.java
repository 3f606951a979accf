package io.sluice.ingest.location;

/** Where a location stands on its path; only a present one holds it. The number is its place in the table and in lists. */
public enum Standing {
    PRESENT,
    ABSENT,
    /** Let go of its path to a row with a higher sequence number, until its own record comes; never deleted. */
    DISPLACED;

    static Standing of(int stored) {
        return values()[stored];
    }
}
