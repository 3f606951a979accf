package io.sluice.media.profile;

/** How a rendition that was delivered ready-made stands in the store; its bytes are as they came, so nothing is versioned. */
public final class ProvidedName {

    /** The version of all of them. */
    public static final int VERSION = 1;

    private ProvidedName() {}

    /** Without an extension: what the bytes are is known only after they were stored. */
    public static String fileName(String name) {
        return name + "@" + VERSION;
    }
}
