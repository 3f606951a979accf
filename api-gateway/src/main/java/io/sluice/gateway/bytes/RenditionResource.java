package io.sluice.gateway.bytes;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

import io.sluice.gateway.asset.ContentHash;
import io.sluice.gateway.security.Role;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;

/** The bytes of a rendition. The address with a profile version never changes its bytes; the short one follows the newest. */
@Path("/assets/{content_hash}/renditions/{rendition}")
@Tag(name = "assets")
@RolesAllowed(Role.Names.VIEWER)
@RunOnVirtualThread
public class RenditionResource {

    private final SendRendition send;

    RenditionResource(SendRendition send) {
        this.send = send;
    }

    @GET
    @Operation(
            summary = "The file of a rendition, by name or by name@version",
            description = "When it is not ready, the problem says why: rendition_pending (with Retry-After),"
                    + " rendition_failed or rendition_unsupported.")
    public Response get(
            @RestPath("content_hash") ContentHash contentHash,
            @RestPath String rendition,
            @Context HttpServerRequest request) {
        return send.to(request, contentHash, rendition);
    }

    @HEAD
    @Operation(summary = "Size, type and entity tag of a rendition")
    public Response head(
            @RestPath("content_hash") ContentHash contentHash,
            @RestPath String rendition,
            @Context HttpServerRequest request) {
        return get(contentHash, rendition, request);
    }
}
