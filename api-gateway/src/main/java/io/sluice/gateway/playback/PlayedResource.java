package io.sluice.gateway.playback;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

import io.sluice.gateway.bytes.SendOriginal;
import io.sluice.gateway.bytes.SendRendition;
import io.sluice.gateway.bytes.SendStream;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;

/** What a signed address opens. The token stands in the path, so that the relative names of a playlist keep it. */
@Path("/playback/{token}")
@Tag(name = "playback")
@PermitAll
@RunOnVirtualThread
public class PlayedResource {

    private static final String POSTER = "poster";

    private final PlaybackTokens tokens;
    private final SendStream streams;
    private final SendOriginal originals;
    private final SendRendition renditions;

    PlayedResource(PlaybackTokens tokens, SendStream streams, SendOriginal originals, SendRendition renditions) {
        this.tokens = tokens;
        this.streams = streams;
        this.originals = originals;
        this.renditions = renditions;
    }

    @GET
    @Path("/hls/{path:.+}")
    @Operation(
            summary = "The playlist of the stream (playlist.m3u8), or a file that it names",
            description = "As the asset's own address of its stream; 403 playback_expired when the token is over.")
    public Response stream(
            @RestPath String token,
            @Schema(examples = "playlist.m3u8") @RestPath String path,
            @Context HttpServerRequest request) {
        return streams.to(request, tokens.open(token).contentHash(), path);
    }

    @HEAD
    @Path("/hls/{path:.+}")
    @Operation(summary = "Size, type and entity tag of a file of the stream")
    public Response streamHead(
            @RestPath String token,
            @Schema(examples = "playlist.m3u8") @RestPath String path,
            @Context HttpServerRequest request) {
        return stream(token, path, request);
    }

    @GET
    @Path("/original")
    @Operation(summary = "The original file", description = "403 playback_expired when the token is over.")
    public Response original(@RestPath String token, @Context HttpServerRequest request) {
        return originals.to(request, tokens.open(token).contentHash());
    }

    @HEAD
    @Path("/original")
    @Operation(summary = "Size, type and entity tag of the original file")
    public Response originalHead(@RestPath String token, @Context HttpServerRequest request) {
        return original(token, request);
    }

    @GET
    @Path("/poster")
    @Operation(summary = "A picture of the video", description = "403 playback_expired when the token is over.")
    public Response poster(@RestPath String token, @Context HttpServerRequest request) {
        return renditions.to(request, tokens.open(token).contentHash(), POSTER);
    }

    @HEAD
    @Path("/poster")
    @Operation(summary = "Size, type and entity tag of the picture")
    public Response posterHead(@RestPath String token, @Context HttpServerRequest request) {
        return poster(token, request);
    }
}
