package io.sluice.gateway.pipeline;

import java.util.function.Supplier;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import io.sluice.contract.messaging.v1.SummarizeWorkRequest;
import io.sluice.gateway.pipeline.WorkRepresentation.ServiceWork;
import io.sluice.gateway.security.Role;
import io.sluice.gateway.upstream.Upstream;
import io.sluice.gateway.upstream.Upstreams;
import io.smallrye.common.annotation.RunOnVirtualThread;

/** What the services have to do. */
@Path("/work")
@Tag(name = "pipeline")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class WorkResource {

    private final Upstreams upstreams;

    WorkResource(Upstreams upstreams) {
        this.upstreams = upstreams;
    }

    @GET
    @RolesAllowed(Role.Names.VIEWER)
    @Operation(
            summary = "What waits, runs and is stuck, by service, class and lane",
            description = "A service that does not answer is unknown, never zero.")
    public WorkRepresentation summarize() {
        return new WorkRepresentation(upstreams.together(Upstream.withWork().stream()
                .map(upstream -> (Supplier<ServiceWork>) () -> ask(upstream))
                .toList()));
    }

    private ServiceWork ask(Upstream upstream) {
        return WorkRepresentation.of(
                upstream,
                upstreams.tryAsk(
                        upstream,
                        () -> upstreams.operations(
                                upstream,
                                operations -> operations.summarizeWork(SummarizeWorkRequest.getDefaultInstance()))));
    }
}
