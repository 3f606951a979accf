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

import io.sluice.contract.ingest.v1.AssetState;
import io.sluice.contract.ingest.v1.GetAssetRequest;
import io.sluice.gateway.asset.ContentHash;
import io.sluice.gateway.security.Role;
import io.sluice.gateway.upstream.Upstreams;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;

/** The bytes that an asset is named after. */
@Path("/assets/{content_hash}/original")
@Tag(name = "assets")
@RolesAllowed(Role.Names.VIEWER)
@RunOnVirtualThread
public class OriginalResource {

    private final Upstreams upstreams;
    private final OriginalSource source;
    private final ByteAnswer answer;

    OriginalResource(Upstreams upstreams, OriginalSource source, ByteAnswer answer) {
        this.upstreams = upstreams;
        this.source = source;
        this.answer = answer;
    }

    @GET
    @Operation(
            summary = "The original file",
            description = "Ranges are served. If the file is not the one any more that was taken in, this answers"
                    + " source_changed; if that happens while it is sent, the connection ends too early.")
    public Response get(@RestPath("content_hash") ContentHash contentHash, @Context HttpServerRequest request) {
        AssetState asset = upstreams.ingest(ingest -> ingest.getAsset(
                GetAssetRequest.newBuilder().setContentHash(contentHash.bytes()).build()));
        OriginalType type = OriginalType.of(asset.getMediaType());
        Entity entity = new Entity(
                "original",
                '"' + contentHash.hex() + '"',
                type.mediaType(),
                Entity.REVALIDATE,
                type.disposition(asset),
                true);
        return answer.to(request, entity, () -> source.open(asset));
    }

    @HEAD
    @Operation(summary = "Size, type and entity tag of the original file")
    public Response head(@RestPath("content_hash") ContentHash contentHash, @Context HttpServerRequest request) {
        return get(contentHash, request);
    }
}
