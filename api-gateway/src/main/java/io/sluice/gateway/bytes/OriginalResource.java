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

/** The bytes that an asset is named after. */
@Path("/assets/{content_hash}/original")
@Tag(name = "assets")
@RolesAllowed(Role.Names.VIEWER)
@RunOnVirtualThread
public class OriginalResource {

    private final SendOriginal send;

    OriginalResource(SendOriginal send) {
        this.send = send;
    }

    @GET
    @Operation(
            summary = "The original file",
            description = "Ranges are served. If the file is not the one any more that was taken in, this answers"
                    + " source_changed; if that happens while it is sent, the connection ends too early.")
    public Response get(@RestPath("content_hash") ContentHash contentHash, @Context HttpServerRequest request) {
        return send.to(request, contentHash);
    }

    @HEAD
    @Operation(summary = "Size, type and entity tag of the original file")
    public Response head(@RestPath("content_hash") ContentHash contentHash, @Context HttpServerRequest request) {
        return get(contentHash, request);
    }
}
