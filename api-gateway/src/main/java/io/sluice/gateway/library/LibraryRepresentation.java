package io.sluice.gateway.library;

import static io.sluice.gateway.web.Wire.instantOrNull;
import static io.sluice.gateway.web.Wire.textOrNull;
import static io.sluice.gateway.web.Wire.wordOf;

import java.time.Instant;
import java.util.List;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import io.sluice.contract.ingest.v1.LibraryCount;
import io.sluice.contract.scanner.v1.LibraryHealth;
import io.sluice.contract.scanner.v1.LibraryState;
import io.sluice.contract.scanner.v1.LibraryView;
import io.sluice.gateway.web.PathText;

/**
 * A library as its owners tell it.
 *
 * @param scans null when the scanner does not answer
 * @param counts null when ingest does not answer
 */
public record LibraryRepresentation(
        @Schema(examples = "0199f0c1-7a3e-7d4c-9f65-3c1f0a6e8b11")
        String id,

        @Schema(examples = "Pictures") String name,
        @Schema(examples = "home") String mount,
        String path,
        @Nullable String pathB64,
        @Schema(examples = "library") String kind,
        @Schema(examples = "referenced") String mode,
        boolean enabled,
        List<String> excludedDirs,
        Health health,
        @Nullable Scans scans,
        @Nullable Counts counts) {

    /**
     * @param state online, stale (should be there, is not provably), disabled, or unknown (not probed yet)
     * @param reason one sentence with the cure; null when online
     */
    public record Health(
            @Schema(examples = "online") String state,
            @Nullable String reason,
            @Nullable Instant since) {

        public static Health of(LibraryHealth health) {
            return new Health(
                    wordOf(health.getState()),
                    textOrNull(health.getReason()),
                    instantOrNull(health.hasSince(), health.getSince()));
        }
    }

    /** Each is null when there was none. */
    public record Scans(
            @Nullable ScanRepresentation running,
            @Nullable ScanRepresentation lastQuick,
            @Nullable ScanRepresentation lastFull) {}

    /**
     * Files of this library.
     *
     * @param present told by the scanner, in the library
     * @param unhashed of those, not registered yet
     * @param absent not there at the last look
     */
    public record Counts(long present, long unhashed, long absent) {}

    static LibraryRepresentation of(LibraryView view, boolean scansKnown, @Nullable Counts counts) {
        LibraryState state = view.getState();
        PathText path = PathText.of(state.getSubPath());
        return new LibraryRepresentation(
                state.getLibraryId(),
                state.getName(),
                state.getMount(),
                path.text(),
                path.base64(),
                wordOf(state.getKind()),
                wordOf(state.getMode()),
                state.getEnabled(),
                state.getExcludedDirsList(),
                Health.of(state.getHealth()),
                scansKnown ? scans(view) : null,
                counts);
    }

    static Counts counts(LibraryCount count) {
        return new Counts(count.getLocationsPresent(), count.getLocationsUnhashed(), count.getLocationsAbsent());
    }

    private static Scans scans(LibraryView view) {
        return new Scans(
                view.hasRunningScan() ? ScanRepresentation.of(view.getRunningScan()) : null,
                view.hasLastQuickScan() ? ScanRepresentation.of(view.getLastQuickScan()) : null,
                view.hasLastFullScan() ? ScanRepresentation.of(view.getLastFullScan()) : null);
    }
}
