package io.sluice.scanner.library;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;

import io.sluice.contract.scanner.v1.HealthState;
import io.sluice.contract.scanner.v1.LibraryHealth;
import io.sluice.contract.scanner.v1.LibraryState;
import io.sluice.contract.scanner.v1.ScanDigest;

/** A library in the words of the contract. */
public final class LibraryStates {

    private LibraryStates() {}

    /** @param digest of its last good full scan, null until there was one */
    public static LibraryState of(Library library, long version, @Nullable ScanDigest digest) {
        LibraryState.Builder state = LibraryState.newBuilder()
                .setLibraryId(library.id().toString())
                .setVersion(version)
                .setName(library.name())
                .setMount(library.mount())
                .setSubPath(ByteString.copyFrom(library.subPath().bytes()))
                .setKind(kind(library.kind()))
                .setMode(mode(library.mode()))
                .setEnabled(library.enabled())
                .addAllExcludedDirs(library.excludedDirs())
                .setHealth(health(library.health(), library.since()));
        if (digest != null) {
            state.setLastFullScan(digest);
        }
        return state.build();
    }

    public static Timestamp timestamp(Instant instant) {
        return Timestamp.newBuilder()
                .setSeconds(instant.getEpochSecond())
                .setNanos(instant.getNano())
                .build();
    }

    private static LibraryHealth health(Health health, Instant since) {
        HealthState state =
                switch (health) {
                    case Health.Online() -> HealthState.HEALTH_STATE_ONLINE;
                    case Health.Stale(String reason) -> HealthState.HEALTH_STATE_STALE;
                    case Health.Disabled(String reason) -> HealthState.HEALTH_STATE_DISABLED;
                };
        return LibraryHealth.newBuilder()
                .setState(state)
                .setReason(health.why())
                .setSince(timestamp(since))
                .build();
    }

    private static io.sluice.contract.scanner.v1.LibraryKind kind(LibraryKind kind) {
        return switch (kind) {
            case LIBRARY -> io.sluice.contract.scanner.v1.LibraryKind.LIBRARY_KIND_LIBRARY;
            case HANDOVER -> io.sluice.contract.scanner.v1.LibraryKind.LIBRARY_KIND_HANDOVER;
        };
    }

    private static io.sluice.contract.scanner.v1.LibraryMode mode(LibraryMode mode) {
        return switch (mode) {
            case REFERENCED -> io.sluice.contract.scanner.v1.LibraryMode.LIBRARY_MODE_REFERENCED;
            case MANAGED -> io.sluice.contract.scanner.v1.LibraryMode.LIBRARY_MODE_MANAGED;
        };
    }
}
