package io.sluice.gateway.library;

import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.contract.ingest.v1.GetJobRequest;
import io.sluice.contract.ingest.v1.ImportJob;
import io.sluice.contract.media.v1.AssetRenditions;
import io.sluice.contract.media.v1.GetRenditionsRequest;
import io.sluice.contract.scanner.v1.GetScanRequest;
import io.sluice.contract.scanner.v1.ScanDetail;
import io.sluice.gateway.security.Role;
import io.sluice.gateway.upstream.Answer;
import io.sluice.gateway.upstream.Upstream;
import io.sluice.gateway.upstream.Upstreams;
import io.smallrye.common.annotation.RunOnVirtualThread;

/** What became of work that was asked for; whoever has the work is asked. */
@Path("/operations")
@Tag(name = "operations")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class OperationsResource {

    private final Upstreams upstreams;

    OperationsResource(Upstreams upstreams) {
        this.upstreams = upstreams;
    }

    @GET
    @Path("/{id}")
    @RolesAllowed(Role.Names.VIEWER)
    @Operation(
            summary = "State, progress and result of work that was asked for",
            description = "Every 202 names one in its Location header: a scan, an import, a rendition made once more.")
    public OperationRepresentation get(String id) {
        return RedoOperation.ofId(id).map(this::redo).orElseGet(() -> scanOrImport(id));
    }

    private OperationRepresentation redo(RedoOperation redo) {
        return upstreams
                .media(media -> media.getRenditions(GetRenditionsRequest.newBuilder()
                        .addContentHashes(redo.hash())
                        .build()))
                .getAssetsList()
                .stream()
                .map(AssetRenditions::getRenditionsList)
                .flatMap(renditions -> redo.seenIn(renditions).stream())
                .findFirst()
                .orElseThrow(() -> unknown(redo.id()));
    }

    /** Both give ids of the same form: what one does not know may be the other's. */
    private OperationRepresentation scanOrImport(String id) {
        if (!isId(id)) {
            throw unknown(id);
        }
        List<Answer<OperationRepresentation>> answers =
                upstreams.together(List.<Supplier<Answer<OperationRepresentation>>>of(
                        () -> upstreams.tryAsk(Upstream.SCANNER, () -> scan(id)),
                        () -> upstreams.tryAsk(Upstream.INGEST, () -> job(id))));
        CodedException why = unknown(id);
        for (Answer<OperationRepresentation> answer : answers) {
            switch (answer) {
                case Answer.Known<OperationRepresentation>(var operation) -> {
                    return operation;
                }
                case Answer.Unknown<OperationRepresentation> silent -> {
                    if (silent.failure().code() != ErrorCode.NOT_FOUND) {
                        why = silent.failure();
                    }
                }
            }
        }
        throw why;
    }

    private OperationRepresentation scan(String id) {
        ScanDetail scan = upstreams.scanner(scanner ->
                scanner.getScan(GetScanRequest.newBuilder().setScanId(id).build()));
        return scan.hasRun()
                ? OperationRepresentation.of(scan)
                : OperationRepresentation.waiting(id, scan.getLibraryId());
    }

    private OperationRepresentation job(String id) {
        ImportJob job = upstreams.imports(
                ingest -> ingest.getJob(GetJobRequest.newBuilder().setJobId(id).build()));
        return OperationRepresentation.of(job);
    }

    private static boolean isId(String id) {
        try {
            return UUID.fromString(id).toString().equals(id);
        } catch (IllegalArgumentException notAnId) {
            return false;
        }
    }

    private static CodedException unknown(String id) {
        return new CodedException(
                ErrorCode.NOT_FOUND,
                "No operation \"" + id
                        + "\" is known. Quick scans are remembered for a day, full ones for a month, imports for ever;"
                        + " the Location header of a 202 names the operation.");
    }
}
