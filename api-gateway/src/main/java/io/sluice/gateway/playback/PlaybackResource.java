package io.sluice.gateway.playback;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

import io.quarkus.security.identity.SecurityIdentity;
import io.sluice.contract.media.v1.StoredRendition;
import io.sluice.gateway.asset.ContentHash;
import io.sluice.gateway.bytes.FindStream;
import io.sluice.gateway.security.LiveKeys;
import io.sluice.gateway.security.Role;
import io.smallrye.common.annotation.RunOnVirtualThread;

/** Gives players addresses that carry their own permission. */
@Path("/assets/{content_hash}/playback")
@Tag(name = "playback")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.Names.VIEWER)
@RunOnVirtualThread
public class PlaybackResource {

    private static final int A_MINUTE = 60;
    private static final int SIX_HOURS = 6 * 60 * 60;
    private static final int SEVEN_DAYS = 7 * 24 * 60 * 60;

    /** The player asks for the playlist next, and that waits; this answer only has to have it begun. */
    private static final Duration AT_ONCE = Duration.ofMillis(1);

    private final FindStream streams;
    private final PlaybackTokens tokens;
    private final SecurityIdentity identity;

    PlaybackResource(FindStream streams, PlaybackTokens tokens, SecurityIdentity identity) {
        this.streams = streams;
        this.tokens = tokens;
        this.identity = identity;
    }

    /** @param expiresInSeconds how long the addresses live; six hours unless given */
    public record PlaybackRequest(
            @Schema(examples = "21600")
            @Min(value = A_MINUTE, message = "60 (a minute) to 604800 (seven days).")
            @Max(value = SEVEN_DAYS, message = "60 (a minute) to 604800 (seven days).")
            @Nullable
            Integer expiresInSeconds) {}

    @POST
    @Operation(
            summary = "Play a video: signed addresses of its stream, its original and its poster",
            description =
                    "A stream that is not made yet is begun now; its playlist can be loaded at once and grows. The"
                            + " addresses work without key or cookie until they end or the key they were given for is taken back."
                            + " The body may be left out.")
    @APIResponse(
            responseCode = "200",
            description = "How it is played",
            content = @Content(schema = @Schema(implementation = PlaybackRepresentation.class)))
    public Response play(@RestPath("content_hash") ContentHash contentHash, @Valid @Nullable PlaybackRequest wanted) {
        StoredRendition stream = streams.begin(contentHash, AT_ONCE);
        int seconds = wanted == null || wanted.expiresInSeconds() == null ? SIX_HOURS : wanted.expiresInSeconds();
        Instant expiresAt = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(seconds);
        String token = tokens.sign(new PlaybackGrant(contentHash, expiresAt, LiveKeys.idOf(identity)));
        return Response.ok(PlaybackRepresentation.of(stream, token, expiresAt))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }
}
