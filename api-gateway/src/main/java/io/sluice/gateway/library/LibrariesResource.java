package io.sluice.gateway.library;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import io.sluice.contract.scanner.v1.ScanKind;
import io.sluice.gateway.security.Role;
import io.smallrye.common.annotation.RunOnVirtualThread;

/** Libraries and their scans. */
@Path("/libraries")
@Tag(name = "libraries")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class LibrariesResource {

    private final ListLibraries libraries;
    private final StartScans scans;

    LibrariesResource(ListLibraries libraries, StartScans scans) {
        this.libraries = libraries;
        this.scans = scans;
    }

    public record ScanRequest(
            @Schema(examples = "quick")
            @NotNull(message = "Say which: full or quick.")
            @Pattern(regexp = "full|quick", message = "One of full, quick.")
            String kind) {}

    @GET
    @RolesAllowed(Role.Names.VIEWER)
    @Operation(summary = "All libraries with health, scans and counts")
    public LibrariesRepresentation list() {
        return libraries.now();
    }

    @POST
    @Path("/{id}/scans")
    @RolesAllowed(Role.Names.OPERATOR)
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Ask for a scan",
            description = "It starts as soon as the library is free. Asking again while one waits is the same scan.")
    @APIResponse(
            responseCode = "202",
            description = "Asked for; the Location header is the operation to watch",
            content = @Content(schema = @Schema(implementation = OperationRepresentation.class)))
    public Response scan(
            @Schema(examples = "0199f0c1-7a3e-7d4c-9f65-3c1f0a6e8b11") String id,
            @Valid @NotNull(message = "Send {\"kind\": \"full\"} or {\"kind\": \"quick\"}.") ScanRequest wanted) {
        ScanKind kind = wanted.kind().equals("full") ? ScanKind.SCAN_KIND_FULL : ScanKind.SCAN_KIND_QUICK;
        OperationRepresentation asked = scans.start(id, kind);
        return Response.accepted(asked).location(asked.address()).build();
    }
}
