package io.sluice.gateway.deadletter;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import io.sluice.gateway.security.Role;
import io.sluice.gateway.web.PageParameters;
import io.smallrye.common.annotation.RunOnVirtualThread;

/** What was given up on. */
@Path("/dead-letters")
@Tag(name = "pipeline")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class DeadLettersResource {

    private final ListDeadLetters deadLetters;

    DeadLettersResource(ListDeadLetters deadLetters) {
        this.deadLetters = deadLetters;
    }

    @GET
    @RolesAllowed(Role.Names.VIEWER)
    @Operation(summary = "Dead letters of all services, newest first")
    public DeadLetterPageRepresentation list(
            @Parameter(description = "Only those with this error code", example = "child_died")
                    @QueryParam("error_code")
                    @DefaultValue("")
                    String errorCode,
            @BeanParam PageParameters page) {
        return deadLetters.page(errorCode, page.limit(), page.cursor());
    }
}
