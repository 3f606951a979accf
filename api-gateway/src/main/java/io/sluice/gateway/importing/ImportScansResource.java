package io.sluice.gateway.importing;

import java.util.List;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.sluice.gateway.library.OperationRepresentation;
import io.sluice.gateway.library.StartScans;
import io.sluice.gateway.problem.Problem;
import io.sluice.gateway.security.Role;
import io.smallrye.common.annotation.RunOnVirtualThread;

/** Looking for bundles now, instead of at the next tick. */
@Path("/import/scans")
@Tag(name = "import")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class ImportScansResource {

    private final StartScans scans;
    private final ObjectMapper json;

    ImportScansResource(StartScans scans, ObjectMapper json) {
        this.scans = scans;
        this.json = json;
    }

    /** @param library id or name of a handover library; all of them unless given */
    public record ImportScanRequest(
            @Schema(examples = "Cloud sync") @Nullable String library) {}

    /** @param operations one a library */
    public record ImportScanRepresentation(List<OperationRepresentation> operations) {}

    @POST
    @RolesAllowed(Role.Names.OPERATOR)
    @Operation(
            summary = "Look at every bundle of all handover libraries, or of one",
            description =
                    "New bundles become batches; a look at a finished batch is noted in its ledger and changes nothing."
                            + " Asking again while one waits is the same scan. The body may be left out.")
    @APIResponse(
            responseCode = "202",
            description = "Asked for; the Location header is the (first) operation to watch",
            content = @Content(schema = @Schema(implementation = ImportScanRepresentation.class)))
    @APIResponse(
            responseCode = "404",
            description = "There is no handover library of that id or name",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @RequestBody(
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = ImportScanRequest.class)))
    public Response scan(@Nullable String body) throws JsonProcessingException {
        List<OperationRepresentation> asked = scans.ofHandovers(libraryOf(body));
        return Response.accepted(new ImportScanRepresentation(asked))
                .location(asked.getFirst().address())
                .build();
    }

    /** Read here, because a request without a body has no type either, and would be refused for that. */
    private @Nullable String libraryOf(@Nullable String body) throws JsonProcessingException {
        if (body == null || body.isBlank()) {
            return null;
        }
        ImportScanRequest wanted = json.readValue(body, ImportScanRequest.class);
        return wanted == null ? null : wanted.library();
    }
}
