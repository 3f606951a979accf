package io.sluice.gateway.stream;

import java.io.IOException;
import java.io.OutputStream;
import java.util.OptionalLong;
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
            summary = "What happens to imports, as server-sent events",
            description =
                    "Events named \"ledger\" carry one entry of the ledger each, as …/events of a batch lists them."
                            + " Their id is the place to resume from: send it as Last-Event-ID. When that is too old or was never"
                            + " given, an event \"reset\" comes first: ask for the state anew, what follows is told from now on."
                            + " Comments keep the connection open; the stream ends after some minutes, or when a client is too far"
                            + " behind: come again with the last id.")
    @APIResponse(
            responseCode = "200",
            description = "A stream without an end of its own",
            content =
                    @Content(
                            mediaType = MediaType.SERVER_SENT_EVENTS,
                            schema =
                                    @Schema(
                                            type = org.eclipse.microprofile.openapi.annotations.enums.SchemaType.STRING,
                                            examples =
                                                    "id: 4711\nevent: ledger\ndata: {\"id\":\"…\",\"subject\":\"…\",\"event_type\":\"job_progress\",…}\n\n")))
    public Response follow(
            @Parameter(description = "Only what happens to this sync id or library id")
                    @QueryParam("subject")
                    @Size(min = 1, max = 255, message = "A sync id or library id.")
                    @Nullable
                    String subject,
            @Parameter(description = "Id of the last event that was seen; browsers send it by themselves")
                    @HeaderParam("Last-Event-ID")
                    @Pattern(regexp = "[0-9]{0,18}", message = "The id of an event: a number.")
                    @Nullable
                    String lastEventId,
            @Context HttpServerRequest http) {
        OptionalLong after = lastEventId == null || lastEventId.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(Long.parseLong(lastEventId));
        StreamClient client = events.enter(subject, () -> CutOff.of(http, new IOException("too far behind")));
        request.getCurrent().addEndHandler(gone -> client.end());
        return Response.ok((StreamingOutput) to -> follow(client, after, to, http))
                .type(MediaType.SERVER_SENT_EVENTS)
                .header("Cache-Control", "no-store")
                // nginx would collect events until a buffer is full.
                .header("X-Accel-Buffering", "no")
                .build();
    }

    private void follow(StreamClient client, OptionalLong after, OutputStream to, HttpServerRequest http)
            throws IOException {
        try {
            events.follow(client, after, new EventWriter(to));
        } catch (IOException gone) {
            LOG.debugf("event client gone cause=%s", gone.getMessage());
            throw CutOff.of(http, gone);
        }
    }
}
