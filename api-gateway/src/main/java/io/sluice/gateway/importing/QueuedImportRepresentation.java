package io.sluice.gateway.importing;

import static io.sluice.gateway.web.Wire.textOrNull;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import io.sluice.contract.ingest.v1.QueuedImport;

/**
 * What became of asking for one batch.
 *
 * @param job the new one, or the one that is active already; null when it was refused
 * @param code why it was refused, as an error code
 * @param reason why it was refused, with the cure
 */
public record QueuedImportRepresentation(
        @Schema(examples = "37e428d2-a4f6-4a31-bacf-0c835fb24084")
        String syncId,

        @Nullable ImportJobRepresentation job,

        @Schema(examples = "batch_already_imported") @Nullable
        String code,

        @Nullable String reason) {

    static QueuedImportRepresentation of(QueuedImport queued) {
        return new QueuedImportRepresentation(
                queued.getSyncId(),
                queued.hasJob() ? ImportJobRepresentation.of(queued.getJob()) : null,
                textOrNull(queued.getErrorCode()),
                textOrNull(queued.getError()));
    }
}
