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

import io.sluice.contract.media.v1.RenditionState;
import io.sluice.contract.media.v1.StoredRendition;
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

    private final RenditionSource source;
    private final ByteAnswer answer;

    RenditionResource(RenditionSource source, ByteAnswer answer) {
        this.source = source;
        this.answer = answer;
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
        RenditionName name = RenditionName.of(rendition);
        StoredRendition found = source.find(contentHash, name);
        RenditionState state = found.getState();
        Entity entity = new Entity(
                "rendition",
                etag(contentHash, state),
                state.getMediaType(),
                name.versioned() && !found.getProvided() ? Entity.IMMUTABLE : Entity.REVALIDATE,
                null,
                true);
        return answer.to(request, entity, () -> source.open(found));
    }

    @HEAD
    @Operation(summary = "Size, type and entity tag of a rendition")
    public Response head(
            @RestPath("content_hash") ContentHash contentHash,
            @RestPath String rendition,
            @Context HttpServerRequest request) {
        return get(contentHash, rendition, request);
    }

    /** A rendition that is made again may come out with other bytes; its version is then another one. */
    private static String etag(ContentHash contentHash, RenditionState state) {
        return '"'
                + contentHash.hex()
                + '.'
                + state.getName()
                + '@'
                + state.getProfileVersion()
                + '.'
                + Long.toHexString(state.getVersion())
                + '"';
    }
}
