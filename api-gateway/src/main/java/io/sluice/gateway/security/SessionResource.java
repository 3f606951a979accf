package io.sluice.gateway.security;

import java.time.Clock;
import java.time.Instant;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

import io.quarkus.security.identity.SecurityIdentity;
import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.gateway.GatewayMetrics;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;

/** The console logs in once with a key and holds a cookie, because an image element cannot send a key. */
@Path("/session")
@Tag(name = "session")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class SessionResource {

    private final Sessions sessions;
    private final SessionConfig config;
    private final LoginLimit limit;
    private final GatewayMetrics metrics;

    SessionResource(Sessions sessions, SessionConfig config, GatewayMetrics metrics) {
        this.sessions = sessions;
        this.config = config;
        this.metrics = metrics;
        this.limit = new LoginLimit(config.loginFailuresPerMinute(), Clock.systemUTC());
    }

    public record Login(
            @Schema(examples = "slk_4f0r…") @NotBlank(message = "Send the key.") @Size(max = 500)
            String key) {}

    /**
     * Who is logged in.
     *
     * @param csrfToken to be sent as X-Sluice-CSRF with every write; null for a key, which needs none
     * @param expiresAt the end if nothing more is asked; null for a key
     */
    public record SessionRepresentation(
            @Schema(examples = "bootstrap") String keyName,
            @Schema(examples = "operator") String role,
            @Nullable String csrfToken,
            @Nullable Instant expiresAt) {}

    @POST
    @PermitAll
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Log in with an API key: answers the session cookie and the CSRF token")
    @APIResponse(
            responseCode = "200",
            description = "The session",
            content = @Content(schema = @Schema(implementation = SessionRepresentation.class)))
    public Response logIn(
            @Valid @NotNull(message = "Send {\"key\": …}.") Login login, @Context HttpServerRequest http) {
        String address =
                http.remoteAddress() == null ? "" : http.remoteAddress().hostAddress();
        if (!limit.allows(address)) {
            metrics.login("limited");
            throw new CodedException(
                    ErrorCode.TOO_MANY_REQUESTS,
                    "Too many log-ins from your address failed. Wait a minute, then try again.");
        }
        Sessions.Begun begun = begin(login, address);
        limit.succeeded(address);
        metrics.login("ok");
        return Response.ok(representation(begun.session(), begun.token()))
                .cookie(cookie(
                        begun.token().text(), (int) config.sessionLifetime().toSeconds(), http.isSSL()))
                .header("Cache-Control", "no-store")
                .build();
    }

    @GET
    @RolesAllowed(Role.Names.VIEWER)
    @Operation(summary = "Who is logged in, until when, and the CSRF token of this session")
    @APIResponse(
            responseCode = "200",
            description = "The session",
            content = @Content(schema = @Schema(implementation = SessionRepresentation.class)))
    public Response current(@Context SecurityIdentity identity, @Context HttpServerRequest http) {
        if (identity.getAttribute(Credential.class.getName()) instanceof Credential.SessionCookie cookie) {
            Sessions.Open open = sessions.use(cookie.token())
                    .orElseThrow(() ->
                            new CodedException(ErrorCode.UNAUTHENTICATED, "The session has ended; log in again."));
            return Response.ok(representation(open, cookie.token()))
                    .cookie(cookie(
                            cookie.token().text(),
                            (int) config.sessionLifetime().toSeconds(),
                            http.isSSL()))
                    .header("Cache-Control", "no-store")
                    .build();
        }
        ApiKey key = identity.getAttribute(ApiKey.class.getName());
        return Response.ok(new SessionRepresentation(key.name(), key.role().roleName(), null, null))
                .header("Cache-Control", "no-store")
                .build();
    }

    @DELETE
    @RolesAllowed(Role.Names.VIEWER)
    @Operation(summary = "Log out: the session ends at once")
    @APIResponse(responseCode = "204", description = "There is no session any more")
    public Response logOut(@Context HttpServerRequest http) {
        Credential.sessionToken(http).ifPresent(sessions::end);
        return Response.noContent().cookie(cookie("", 0, http.isSSL())).build();
    }

    private Sessions.Begun begin(Login login, String address) {
        try {
            return sessions.begin(new Secret(login.key().strip()));
        } catch (CodedException refused) {
            if (refused.code() == ErrorCode.UNAUTHENTICATED) {
                limit.failed(address);
                metrics.login("refused");
            }
            throw refused;
        }
    }

    private static SessionRepresentation representation(Sessions.Open open, Secret token) {
        return new SessionRepresentation(
                open.key().name(),
                open.key().role().roleName(),
                Credential.csrfOf(token).text(),
                open.expiresAt());
    }

    private static NewCookie cookie(String value, int seconds, boolean secure) {
        return new NewCookie.Builder(Credential.COOKIE)
                .value(value)
                .path("/")
                .httpOnly(true)
                .secure(secure)
                .sameSite(NewCookie.SameSite.STRICT)
                .maxAge(seconds)
                .build();
    }
}
