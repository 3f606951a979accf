package io.sluice.gateway.library;

import java.net.URI;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import io.sluice.contract.scanner.v1.LibraryView;
import io.sluice.contract.scanner.v1.ScanRun;

/**
 * Long work that was asked for.
 *
 * @param state waiting, running, or how it ended: completed, void, interrupted
 * @param libraryId whose scan it is; null while it waits
 * @param scan its progress or result; null while it waits
 */
public record OperationRepresentation(
        @Schema(examples = "0199f0c2-1d2b-7a01-8f3e-5a9c2b7d4e10")
        String id,

        @Schema(examples = "scan") String kind,
        @Schema(examples = "running") String state,
        @Nullable String libraryId,
        @Nullable ScanRepresentation scan) {

    /** Where to watch it, relative to the API's base. */
    public URI address() {
        return URI.create("operations/" + id);
    }

    static OperationRepresentation waiting(String id) {
        return new OperationRepresentation(id, "scan", "waiting", null, null);
    }

    static OperationRepresentation of(LibraryView library, ScanRun run) {
        ScanRepresentation scan = ScanRepresentation.of(run);
        return new OperationRepresentation(
                run.getScanId(), "scan", scan.state(), library.getState().getLibraryId(), scan);
    }
}
