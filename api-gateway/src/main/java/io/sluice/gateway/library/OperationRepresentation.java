package io.sluice.gateway.library;

import static io.sluice.gateway.web.Wire.textOrNull;

import java.net.URI;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonIgnore;

import io.sluice.contract.ingest.v1.ImportJob;
import io.sluice.contract.scanner.v1.ScanDetail;
import io.sluice.gateway.command.Tagged;

/**
 * Long work that was asked for.
 *
 * @param kind scan, import, redo
 * @param state waiting, running, or how it ended: completed, failed, cancelled, void, interrupted
 * @param progress null when it is not known how much there is to do
 * @param reason why it ended otherwise than completed
 * @param result where what it makes is to be seen; null when it stands in here
 * @param libraryId of a scan: whose it is
 * @param scan of a scan that began: its progress or result
 */
public record OperationRepresentation(
        @Schema(examples = "0199f0c2-1d2b-7a01-8f3e-5a9c2b7d4e10")
        String id,

        @Schema(examples = "scan") String kind,
        @Schema(examples = "running") String state,
        @Nullable Progress progress,
        @Nullable String reason,

        @Schema(examples = "/api/v1/import/jobs/0199f0c3-2b51-7c0e-9d6a-4f2e8b1a7c90") @Nullable
        String result,

        @Nullable String libraryId,
        @Nullable ScanRepresentation scan)
        implements Tagged {

    /** How much of it is done, in parts of its own: items of an import, thousandths of a rendition. */
    public record Progress(long done, long total) {}

    /** Where to watch it, relative to the API's base. */
    public URI address() {
        return URI.create("operations/" + id);
    }

    /** No command depends on an operation: they depend on what it works on. */
    @Override
    @JsonIgnore
    public long version() {
        return 0;
    }

    static OperationRepresentation of(
            String id, String kind, String state, @Nullable Progress progress, String reason, String result) {
        return new OperationRepresentation(id, kind, state, progress, textOrNull(reason), result, null, null);
    }

    static OperationRepresentation waiting(String id, String libraryId) {
        return new OperationRepresentation(id, "scan", "waiting", null, null, null, libraryId, null);
    }

    static OperationRepresentation of(ScanDetail detail) {
        ScanRepresentation scan = ScanRepresentation.of(detail.getRun());
        return new OperationRepresentation(
                scan.id(), "scan", scan.state(), null, scan.reason(), null, detail.getLibraryId(), scan);
    }

    static OperationRepresentation of(ImportJob job) {
        return of(
                job.getJobId(),
                "import",
                switch (job.getState()) {
                    case "queued" -> "waiting";
                    case "done" -> "completed";
                    default -> job.getState();
                },
                job.getItemsTotal() > 0 ? new Progress(job.getItemsDone(), job.getItemsTotal()) : null,
                job.getLastError(),
                "/api/v1/import/jobs/" + job.getJobId());
    }
}
