package io.sluice.media.library;

import java.util.Locale;

import io.sluice.contract.scanner.v1.HealthState;

/**
 * A library as the scanner last told it.
 *
 * @param libraryId UUID text
 * @param subPath below the mount, bytes as the file system has them
 * @param reason why it is not online, with the cure
 */
public record Library(String libraryId, String name, String mount, byte[] subPath, Health health, String reason) {

    /** Only an online library is read. */
    public enum Health {
        UNKNOWN,
        ONLINE,
        STALE,
        DISABLED;

        static Health of(HealthState told) {
            return switch (told) {
                case HEALTH_STATE_ONLINE -> ONLINE;
                case HEALTH_STATE_STALE -> STALE;
                case HEALTH_STATE_DISABLED -> DISABLED;
                case HEALTH_STATE_UNSPECIFIED, UNRECOGNIZED -> UNKNOWN;
            };
        }

        /** As it stands in the table. */
        String stored() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Health ofStored(String stored) {
            return valueOf(stored.toUpperCase(Locale.ROOT));
        }
    }
}
