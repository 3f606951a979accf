package io.sluice.gateway.stream;

import java.io.IOException;
import java.io.OutputStream;
import java.util.EnumSet;
import java.util.Set;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.sluice.gateway.security.Role;
import io.sluice.gateway.web.CutOff;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;

/** What happens, as it happens. */
@Path("/events")
@Tag(name = "events")
@RunOnVirtualThread
public class EventsResource {

    private static final Logger LOG = Logger.getLogger(EventsResource.class);

    private final FollowEvents events;
    private final CurrentVertxRequest request;

    EventsResource(FollowEvents events, CurrentVertxRequest request) {
        this.events = events;
        this.request = request;
    }

    @GET
    @RolesAllowed(Role.Names.VIEWER)
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(
            summary = "What happens, as server-sent events",
            description =
                    "Events named \"ledger\" carry one entry of the ledger each, as …/events of a batch lists them; \"asset\" tells"
                            + " that a rendition became ready, failed or is unsupported (content_hash, rendition, profile, state,"
                            + " error_code, reason); \"library\" tells a library whose name or health changed (id, name, health; health"
                            + " is null when it is gone); \"lag\" tells the states of all groups and classes (measured_at, groups, each"
                            + " as GET /pipeline/lag has it, without numbers), first of all and whenever one of them has changed."
                            + " An id is the place to resume from, at any gateway: send the last one as Last-Event-ID, and hear"
                            + " everything that came since, once, in the order of each key. When that place is no longer known, an"
                            + " event \"reset\" with a reason comes first: ask for the state anew, what follows is told from now on."
                            + " Of assets and libraries only the newest of each may be told to who was away for long. Comments keep"
                            + " the connection open; the stream ends after some minutes, or when a client is too far behind: come"
                            + " again with the last id.")
    @APIResponse(
            responseCode = "200",
            description = "A stream without an end of its own",
            content =
                    @Content(
                            mediaType = MediaType.SERVER_SENT_EVENTS,
                            extensions = @Extension(name = "x-sluice-events", parseValue = true, value = """
                                                    {"ledger": {"$ref": "#/components/schemas/LedgerEntryRepresentation"},
                                                     "asset": {"$ref": "#/components/schemas/AssetEventRepresentation"},
                                                     "library": {"$ref": "#/components/schemas/LibraryEventRepresentation"},
                                                     "lag": {"$ref": "#/components/schemas/LagEventRepresentation"},
                                                     "reset": {"$ref": "#/components/schemas/ResetEventRepresentation"}}
                                                    """),
                            schema =
                                    @Schema(
                                            type = org.eclipse.microprofile.openapi.annotations.enums.SchemaType.STRING,
                                            examples =
                                                    "id: l4711.a3-0-9-….h0-2-0-….g9f3a01bc\nevent: asset\ndata: {\"content_hash\":\"…\",\"rendition\":\"thumbnail\",\"profile\":\"thumbnail@1\",\"state\":\"ready\",…}\n\n")))
    public Response follow(
            @Parameter(
                            description =
                                    "Only what happens to this sync id, library id or content hash; then without lag, which is of everything")
                    @QueryParam("subject")
                    @Size(min = 1, max = 255, message = "A sync id, library id or content hash.")
                    @Nullable
                    String subject,
            @Parameter(
                            description = "Only events of these types, with commas between them; all unless given",
                            example = "ledger,asset")
                    @QueryParam("types")
                    @Pattern(
                            regexp = EventType.LIST,
                            message = "Some of ledger, asset, library, lag, with commas between them.")
                    @Nullable
                    String types,
            @Parameter(description = "Id of the last event that was seen; browsers send it by themselves")
                    @HeaderParam("Last-Event-ID")
                    @Size(
                            max = 1000,
                            message = "The id of an event, as this stream gave it; leave it out to begin now.")
                    @Pattern(
                            regexp = Position.PATTERN,
                            message = "The id of an event, as this stream gave it; leave it out to begin now.")
                    @Nullable
                    String lastEventId,
            @Context HttpServerRequest http) {
        Set<EventType> wanted = types == null ? EnumSet.allOf(EventType.class) : EventType.of(types);
        StreamClient client =
                events.enter(new Wanted(wanted, subject), () -> CutOff.of(http, new IOException("too far behind")));
        request.getCurrent().addEndHandler(gone -> client.end());
        return Response.ok((StreamingOutput) to -> follow(client, lastEventId, to, http))
                .type(MediaType.SERVER_SENT_EVENTS)
                .header("Cache-Control", "no-store")
                // nginx would collect events until a buffer is full.
                .header("X-Accel-Buffering", "no")
                .build();
    }

    private void follow(StreamClient client, @Nullable String lastEventId, OutputStream to, HttpServerRequest http)
            throws IOException {
        try {
            events.follow(client, lastEventId, new EventWriter(to));
        } catch (IOException gone) {
            LOG.debugf("event client gone cause=%s", gone.getMessage());
            throw CutOff.of(http, gone);
        }
    }
}
