package io.sluice.ingest.listing;

import java.nio.charset.StandardCharsets;

/** Ids that clients send and that columns of ASCII hold: MariaDB refuses to compare those with other characters. */
public final class AsciiId {

    private AsciiId() {}

    /** Whether a row can have it at all. */
    public static boolean canBe(String id) {
        return StandardCharsets.US_ASCII.newEncoder().canEncode(id);
    }
}
