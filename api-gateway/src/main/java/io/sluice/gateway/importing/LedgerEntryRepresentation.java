package io.sluice.gateway.importing;

import static io.sluice.gateway.web.Wire.instantOrNull;
import static io.sluice.gateway.web.Wire.textOrNull;

import java.time.Instant;
import java.util.Map;

import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import io.sluice.contract.ingest.v1.LedgerEntry;

/**
 * Something that happened, as the append-only ledger keeps it.
 *
 * @param subject what it happened to: a sync id or a library id
 * @param eventType scan, preflight, item_created, item_linked, item_updated, item_skipped, item_deferred, item_failed,
 *     import_finished, job_queued, job_claimed, job_progress, job_requeued, job_cancelled or job_finished
 * @param payload by event type; hashes in hex, numbers as numbers, what is not there as null
 */
public record LedgerEntryRepresentation(
        @Schema(examples = "0199f0c4-51aa-7b3e-8c21-90d5e7f3b6a4")
        String id,

        @Schema(examples = "37e428d2-a4f6-4a31-bacf-0c835fb24084")
        String subject,

        @Schema(examples = "import_finished") String eventType,
        @Nullable Instant createdAt,
        @Nullable String libraryId,

        @Schema(
                type = SchemaType.OBJECT,
                examples =
                        "{\"phase\":\"import\",\"remaining\":0,\"skipped_terminal\":0,\"status\":\"imported\",\"tally\":{\"created\":89,\"linked\":0,\"updated\":0,\"skipped\":0,\"deferred\":0,\"failed\":0}}")
        Map<String, @Nullable Object> payload) {

    public static LedgerEntryRepresentation of(LedgerEntry entry) {
        return new LedgerEntryRepresentation(
                entry.getEntryId(),
                entry.getSubject(),
                entry.getEventType(),
                instantOrNull(entry.hasCreatedAt(), entry.getCreatedAt()),
                textOrNull(entry.getLibraryId()),
                LedgerPayload.of(entry));
    }
}
