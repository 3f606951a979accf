package io.sluice.gateway.asset;

import java.net.URI;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

import io.quarkus.security.identity.SecurityIdentity;
import io.sluice.contract.media.v1.RedoRenditionRequest;
import io.sluice.contract.media.v1.StoredRendition;
import io.sluice.gateway.command.EntityTags;
import io.sluice.gateway.library.RedoOperation;
import io.sluice.gateway.problem.Problem;
import io.sluice.gateway.security.Role;
import io.sluice.gateway.upstream.Upstreams;
import io.smallrye.common.annotation.RunOnVirtualThread;

/** Has a rendition made once more. */
@Path("/assets/{content_hash}/renditions/{name}/redo")
@Tag(name = "assets")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.Names.OPERATOR)
@RunOnVirtualThread
public class RedoRenditionResource {

    private static final Logger AUDIT = Logger.getLogger("audit");

    private final Upstreams upstreams;
    private final SecurityIdentity identity;

    RedoRenditionResource(Upstreams upstreams, SecurityIdentity identity) {
        this.upstreams = upstreams;
        this.identity = identity;
    }

    @POST
    @Operation(
            summary = "Make a rendition once more",
            description =
                    "It is pending again, before what is new; the file that is there stays until the new one takes"
                            + " its place. Asking again while it waits changes nothing.")
    @APIResponse(
            responseCode = "202",
            description = "It will be made; the Location header is the operation to watch",
            content = @Content(schema = @Schema(implementation = RedoneRepresentation.class)))
    @APIResponse(
            responseCode = "412",
            description = "The asset's renditions are not what If-Match says any more",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response redo(
            @RestPath("content_hash") ContentHash contentHash,
            @Schema(examples = "hls") @RestPath String name,
            @Parameter(description = "ETag of …/renditions as you saw it") @HeaderParam("If-Match") @Nullable
                    String ifMatch) {
        String by = identity.getPrincipal().getName();
        RedoRenditionRequest.Builder request = RedoRenditionRequest.newBuilder()
                .setContentHash(contentHash.bytes())
                .setName(name)
                .setRequestedBy(by);
        Long expected = EntityTags.expected(ifMatch);
        if (expected != null) {
            request.setExpectedVersion(expected);
        }
        var redone = upstreams.media(media -> media.redoRendition(request.build()));
        AUDIT.infof("rendition redone by=%s content_hash=%s rendition=%s", by, contentHash.hex(), name);
        return Response.accepted(new RedoneRepresentation(redone.getRenditionsList().stream()
                        .map(state -> RenditionRepresentation.of(
                                contentHash,
                                StoredRendition.newBuilder().setState(state).build()))
                        .toList()))
                .location(URI.create("operations/"
                        + RedoOperation.of(redone.getRenditionsList()).id()))
                .build();
    }
}
