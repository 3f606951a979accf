package io.sluice.gateway.pipeline.lag;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

import io.sluice.gateway.command.EntityTags;
import io.sluice.gateway.pipeline.lag.LagRepresentation.PauseRepresentation;
import io.sluice.gateway.security.Role;
import io.smallrye.common.annotation.RunOnVirtualThread;

/** Pausing a class of work, and going on with it. */
@Path("/pipeline/work/{service}/{work_class}")
@Tag(name = "pipeline")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class PausesResource {

    private final PauseWork pauses;

    PausesResource(PauseWork pauses) {
        this.pauses = pauses;
    }

    public record PauseRequest(
            @Schema(examples = "The rendition store is being moved to a larger disk.")
            @NotBlank(message = "Say why: whoever finds it paused will ask.")
            @Size(max = 500, message = "At most 500 characters.")
            String reason) {}

    @GET
    @Path("/pause")
    @RolesAllowed(Role.Names.VIEWER)
    @Operation(
            summary = "Whether a class of work is paused, by whom and why",
            description = "Its ETag is what resuming takes as If-Match: then no other pause than this one is ended.")
    public PauseRepresentation pause(
            @Schema(examples = "media") @PathParam("service") String service,
            @Schema(examples = "image") @PathParam("work_class") String workClass) {
        return pauses.now(service, workClass);
    }

    @POST
    @Path("/pause")
    @RolesAllowed(Role.Names.OPERATOR)
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Pause a class of work until it is resumed",
            description =
                    "Nothing more of it is released, and what was released and not claimed waits again. What runs,"
                            + " runs to its end; what a person asks for now still runs. It holds over restarts. Pausing again"
                            + " changes nothing.")
    public PauseRepresentation pause(
            @Schema(examples = "media") @PathParam("service") String service,
            @Schema(examples = "image") @PathParam("work_class") String workClass,
            @Valid @NotNull(message = "Send {\"reason\": \"...\"}.") PauseRequest wanted) {
        return pauses.pause(service, workClass, wanted.reason());
    }

    @POST
    @Path("/resume")
    @RolesAllowed(Role.Names.OPERATOR)
    @Operation(summary = "Go on with a class of work", description = "Resuming what is not paused changes nothing.")
    public PauseRepresentation resume(
            @Schema(examples = "media") @PathParam("service") String service,
            @Schema(examples = "image") @PathParam("work_class") String workClass,
            @Parameter(description = "ETag of the pause that is meant, as GET of it and the answer to pausing have it")
                    @HeaderParam("If-Match")
                    @Nullable
                    String ifMatch) {
        return pauses.resume(service, workClass, EntityTags.expected(ifMatch));
    }
}
