package io.sluice.gateway.library;

import static io.sluice.gateway.web.Wire.instantOrNull;
import static io.sluice.gateway.web.Wire.wordOf;

import java.time.Instant;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import io.sluice.contract.scanner.v1.ScanRun;

/**
 * One walk over a library.
 *
 * @param state running, completed, void (the library was not provably there: nothing was concluded) or interrupted
 * @param reason why it is void or interrupted
 * @param filesTold of the files seen, those whose observation changed
 */
public record ScanRepresentation(
        @Schema(examples = "0199f0c2-1d2b-7a01-8f3e-5a9c2b7d4e10")
        String id,

        @Schema(examples = "quick") String kind,
        @Schema(examples = "completed") String state,
        @Nullable String reason,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        long filesSeen,
        long filesTold,
        long directoriesUnreadable) {

    static ScanRepresentation of(ScanRun run) {
        return new ScanRepresentation(
                run.getScanId(),
                wordOf(run.getKind()),
                wordOf(run.getState()),
                run.getReason().isEmpty() ? null : run.getReason(),
                instantOrNull(run.hasStartedAt(), run.getStartedAt()),
                instantOrNull(run.hasFinishedAt(), run.getFinishedAt()),
                run.getFilesSeen(),
                run.getFilesTold(),
                run.getDirectoriesUnreadable());
    }
}
