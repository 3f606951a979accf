package io.sluice.gateway.security;

import java.time.Instant;
import java.util.List;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.quarkus.security.identity.SecurityIdentity;
import io.sluice.gateway.command.RequestKey;
import io.sluice.gateway.problem.Problem;
import io.sluice.messaging.command.CommandKey;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;

/** Keys for people and programs. */
@Path("/api-keys")
@Tag(name = "api keys")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.Names.ADMIN)
@RunOnVirtualThread
public class ApiKeyResource {

    private static final Logger AUDIT = Logger.getLogger("audit");

    private final ApiKeys keys;
    private final SecurityIdentity identity;

    ApiKeyResource(ApiKeys keys, SecurityIdentity identity) {
        this.keys = keys;
        this.identity = identity;
    }

    public record NewKey(
            @Schema(examples = "photo wall") @NotBlank(message = "Give the key a name.") @Size(max = 100)
            String name,

            @Schema(examples = "viewer")
            @NotNull(message = "Say the role: viewer, operator or admin.")
            @Pattern(regexp = "viewer|operator|admin", message = "One of viewer, operator, admin.")
            String role) {}

    public record KeyRepresentation(String id, String name, String role, Instant createdAt) {}

    /** @param key the secret; shown this once */
    public record IssuedKeyRepresentation(String id, String name, String role, Instant createdAt, String key) {}

    /** @param nextCursor always null: keys are few */
    public record KeysRepresentation(
            List<KeyRepresentation> items, @Nullable String nextCursor) {}

    @GET
    @Operation(summary = "All keys, without their secrets")
    public KeysRepresentation list() {
        return new KeysRepresentation(
                keys.list().stream()
                        .map(key -> new KeyRepresentation(
                                key.id(), key.name(), key.role().roleName(), key.createdAt()))
                        .toList(),
                null);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Give a new key; its secret is in this answer and nowhere else")
    @APIResponse(
            responseCode = "201",
            description = "The key, with its secret",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = IssuedKeyRepresentation.class)))
    @APIResponse(
            responseCode = "409",
            description = "There is a key of that name, or this command made one before: its secret is not shown again",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response issue(
            @Context HttpServerRequest http,
            @Valid @NotNull(message = "Send {\"name\": …, \"role\": …}.") NewKey wanted) {
        ApiKeys.Issued issued = keys.issue(
                wanted.name().strip(), Role.named(wanted.role()).orElseThrow(), command("POST /api-keys", http));
        ApiKey key = issued.key();
        AUDIT.infof("key issued by=%s name=%s role=%s", identity.getPrincipal().getName(), key.name(), key.role());
        return Response.status(Response.Status.CREATED)
                .header("Cache-Control", "no-store")
                .entity(new IssuedKeyRepresentation(
                        key.id(),
                        key.name(),
                        key.role().roleName(),
                        key.createdAt(),
                        issued.secret().text()))
                .build();
    }

    @DELETE
    @Path("/{id}")
    @Operation(summary = "Take a key back; its sessions end at once")
    public void revoke(String id, @Context HttpServerRequest http) {
        keys.revoke(id, command("DELETE /api-keys", http));
        AUDIT.infof("key revoked by=%s id=%s", identity.getPrincipal().getName(), id);
    }

    private static @Nullable CommandKey command(String name, HttpServerRequest http) {
        String key = RequestKey.of(http);
        return key == null ? null : new CommandKey(name, key);
    }
}
