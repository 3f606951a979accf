package io.sluice.gateway.pipeline;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import io.sluice.gateway.security.Role;
import io.smallrye.common.annotation.RunOnVirtualThread;

/** How far the streams of the videos are. */
@Path("/hls/stats")
@Tag(name = "pipeline")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class StreamStatsResource {

    private final CountStreams streams;

    StreamStatsResource(CountStreams streams) {
        this.streams = streams;
    }

    @GET
    @RolesAllowed(Role.Names.VIEWER)
    @Operation(
            summary = "How many videos have their playlist, by library and in all",
            description =
                    "Without media there is nothing to tell (503); when ingest does not answer, hashless_videos is"
                            + " null and degraded says so.")
    public StreamStatsRepresentation stats() {
        return streams.now();
    }
}
