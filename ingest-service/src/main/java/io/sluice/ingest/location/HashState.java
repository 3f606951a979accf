package io.sluice.ingest.location;

import java.util.Locale;

/** How far a location is on its way to a content hash. */
public enum HashState {
    /** Not hashed since its bytes were last seen to change; hash work is put up as soon as it is stable. */
    WAITING,
    /** Its content hash stands for the bytes that were observed. */
    HASHED,
    /** Given up; code and reason stand beside it, the dead letter has the rest. The next change starts afresh. */
    FAILED;

    String stored() {
        return name().toLowerCase(Locale.ROOT);
    }

    static HashState of(String stored) {
        return valueOf(stored.toUpperCase(Locale.ROOT));
    }
}
