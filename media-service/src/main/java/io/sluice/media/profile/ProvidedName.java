package io.sluice.media.profile;

/** How a rendition that was delivered ready-made stands in the store; its bytes are as they came, so nothing is versioned. */
public final class ProvidedName {

    /** The version of all of them; those of recipes begin with 1. */
    public static final int VERSION = 0;

    private ProvidedName() {}

    /** Without an extension: what the bytes are is known only after they were stored. Of a stream: its playlist. */
    public static String fileName(String name) {
        return name.equals(StreamProfile.NAME) ? folderName() + "/" + StreamProfile.PLAYLIST : name + "@" + VERSION;
    }

    /** Where a delivered stream lies, below the asset's folder. */
    public static String folderName() {
        return StreamProfile.NAME + "@" + VERSION;
    }
}
