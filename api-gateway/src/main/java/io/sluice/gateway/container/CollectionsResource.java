package io.sluice.gateway.container;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import io.sluice.contract.ingest.v1.ContainerKind;
import io.sluice.gateway.asset.AssetPageRepresentation;
import io.sluice.gateway.security.Role;
import io.sluice.gateway.web.PageParameters;
import io.smallrye.common.annotation.RunOnVirtualThread;

/** Collections of the library. */
@Path("/collections")
@Tag(name = "collections")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.Names.VIEWER)
@RunOnVirtualThread
public class CollectionsResource {

    private static final ContainerKind KIND = ContainerKind.CONTAINER_KIND_COLLECTION;

    private final LookUpContainers containers;

    CollectionsResource(LookUpContainers containers) {
        this.containers = containers;
    }

    @GET
    @Operation(summary = "Collections by title")
    public ContainerPageRepresentation list(@BeanParam PageParameters page) {
        return containers.list(KIND, page);
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "One collection, and how many of its members are there")
    public ContainerRepresentation get(String id) {
        return containers.one(KIND, id);
    }

    @GET
    @Path("/{id}/assets")
    @Operation(
            summary = "Its members that are assets of the library, in their order",
            description = "When media does not answer, renditions are null and degraded says so.")
    public AssetPageRepresentation assets(String id, @BeanParam PageParameters page) {
        return containers.assets(KIND, id, page);
    }
}
