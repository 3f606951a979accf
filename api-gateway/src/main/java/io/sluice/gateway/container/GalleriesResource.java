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

/** Galleries of the library. */
@Path("/galleries")
@Tag(name = "galleries")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.Names.VIEWER)
@RunOnVirtualThread
public class GalleriesResource {

    private static final ContainerKind KIND = ContainerKind.CONTAINER_KIND_GALLERY;

    private final LookUpContainers containers;

    GalleriesResource(LookUpContainers containers) {
        this.containers = containers;
    }

    @GET
    @Operation(summary = "Galleries by title")
    public ContainerPageRepresentation list(@BeanParam PageParameters page) {
        return containers.list(KIND, page);
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "One gallery, and how many of its members are there")
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
