package io.sluice.gateway.bytes;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

import io.sluice.gateway.asset.ContentHash;
import io.sluice.gateway.security.Role;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;

/** A video's stream (HLS) at its one address. */
@Path("/assets/{content_hash}/hls/{path:.+}")
@Tag(name = "assets")
@RolesAllowed(Role.Names.VIEWER)
@RunOnVirtualThread
public class HlsResource {

    private final SendStream send;

    HlsResource(SendStream send) {
        this.send = send;
    }

    @GET
    @Operation(
            summary = "The playlist of a video's stream (playlist.m3u8), or a file that it names",
            description =
                    "Asking for the playlist of a stream that nobody has begun begins it, and waits some seconds for"
                            + " its first segment; after that 503 rendition_pending says when to ask again. While the stream is"
                            + " made the playlist grows. When it cannot be made: rendition_failed or rendition_unsupported.")
    public Response get(
            @RestPath("content_hash") ContentHash contentHash,
            @Schema(examples = "playlist.m3u8") @RestPath String path,
            @Context HttpServerRequest request) {
        return send.to(request, contentHash, path);
    }

    @HEAD
    @Operation(summary = "Size, type and entity tag of a file of the stream")
    public Response head(
            @RestPath("content_hash") ContentHash contentHash,
            @Schema(examples = "playlist.m3u8") @RestPath String path,
            @Context HttpServerRequest request) {
        return get(contentHash, path, request);
    }
}
