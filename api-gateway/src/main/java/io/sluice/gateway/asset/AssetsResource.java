package io.sluice.gateway.asset;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

import io.sluice.gateway.security.Role;
import io.sluice.gateway.web.PageParameters;
import io.smallrye.common.annotation.RunOnVirtualThread;

/** What the library holds. */
@Path("/assets")
@Tag(name = "assets")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.Names.VIEWER)
@RunOnVirtualThread
public class AssetsResource {

    private final LookUpAssets assets;

    AssetsResource(LookUpAssets assets) {
        this.assets = assets;
    }

    @GET
    @Operation(
            summary = "Assets, newest taken first",
            description = "When media does not answer, renditions are null and degraded says so.")
    public AssetPageRepresentation list(@BeanParam AssetFilter filter, @BeanParam PageParameters page) {
        return assets.page(filter, page.limit(), page.cursor());
    }

    @GET
    @Path("/{content_hash}")
    @Operation(summary = "Everything about one asset")
    public AssetDetailRepresentation get(@RestPath("content_hash") ContentHash contentHash) {
        return assets.one(contentHash);
    }

    @GET
    @Path("/{content_hash}/locations")
    @Operation(summary = "Where its bytes lie")
    public LocationPageRepresentation locations(
            @RestPath("content_hash") ContentHash contentHash, @BeanParam PageParameters page) {
        return assets.locations(contentHash, page.limit(), page.cursor());
    }

    @GET
    @Path("/{content_hash}/renditions")
    @Operation(summary = "What was made from it, or why not")
    public RenditionsRepresentation renditions(@RestPath("content_hash") ContentHash contentHash) {
        return assets.renditions(contentHash);
    }
}
