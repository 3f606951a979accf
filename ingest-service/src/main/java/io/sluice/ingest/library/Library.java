package io.sluice.ingest.library;

import java.util.Locale;

import io.sluice.contract.scanner.v1.HealthState;

/**
 * A library as the scanner last told it.
 *
 * @param libraryId UUID text
 * @param mount name of a configured mount
 * @param subPath below the mount, bytes as the file system has them; empty for the mount's root
 */
public record Library(String libraryId, String name, String mount, byte[] subPath, Health health, String healthReason) {

    /** Whether it may be read now. */
    public enum Health {
        ONLINE,
        /** Should be there, is not provably; also when nothing is known. */
        STALE,
        DISABLED;

        static Health of(HealthState told) {
            return switch (told) {
                case HEALTH_STATE_ONLINE -> ONLINE;
                case HEALTH_STATE_DISABLED -> DISABLED;
                case HEALTH_STATE_STALE, HEALTH_STATE_UNSPECIFIED, UNRECOGNIZED -> STALE;
            };
        }

        String stored() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Health ofStored(String stored) {
            return valueOf(stored.toUpperCase(Locale.ROOT));
        }
    }
}
