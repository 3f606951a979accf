package io.sluice.gateway.pipeline.lag;

import java.time.Instant;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import io.sluice.gateway.security.Role;
import io.smallrye.common.annotation.RunOnVirtualThread;

/** How far behind everybody is. */
@Path("/pipeline/lag")
@Tag(name = "pipeline")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class LagResource {

    private final LagBoard board;

    LagResource(LagBoard board) {
        this.board = board;
    }

    @GET
    @RolesAllowed(Role.Names.VIEWER)
    @Operation(
            summary = "What waits where, since when, why, and what to do",
            description =
                    "Messages and seconds of every consumer group, class of work and reader without a group, measured"
                            + " every five seconds. What could not be measured is unknown with its reason, never zero.")
    public LagRepresentation lag() {
        return LagRepresentation.of(board.now(), Instant.now());
    }
}
