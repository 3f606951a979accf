package io.sluice.ingest.handover;

import java.util.Arrays;

/** Items are imported in waves: what others refer to goes first. Stored as their numbers. */
public enum Wave {
    PRIMARIES,
    COVERS,
    CONTAINERS;

    /** Types that nobody knows go with the primaries: nothing waits for them. */
    public static Wave ofAssetType(String assetType) {
        return switch (assetType) {
            case "cover" -> COVERS;
            case "gallery_legacy", "collection" -> CONTAINERS;
            default -> PRIMARIES;
        };
    }

    public int number() {
        return ordinal();
    }

    static Wave ofNumber(int number) {
        return Arrays.asList(values()).get(number);
    }
}
