package io.sluice.gateway.deadletter;

import java.time.Instant;
import java.util.List;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

import io.sluice.gateway.deadletter.CloseDeadLetters.End;
import io.sluice.gateway.problem.Problem;
import io.sluice.gateway.security.Role;
import io.sluice.gateway.web.PageParameters;
import io.smallrye.common.annotation.RunOnVirtualThread;

/** What was given up on, and what is to become of it. */
@Path("/dead-letters")
@Tag(name = "pipeline")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class DeadLettersResource {

    private static final String STATES = "open|redriven|acknowledged|all";
    private static final String SERVICES = "scanner|ingest|media";
    private static final String SEND_IDS_OR_A_FILTER =
            "Send {\"ids\": [id, …]} or a filter of \"service\", \"origin\", \"error_code\", \"created_before\".";

    private final ListDeadLetters deadLetters;
    private final SummarizeDeadLetters summarize;
    private final CloseDeadLetters close;

    DeadLettersResource(ListDeadLetters deadLetters, SummarizeDeadLetters summarize, CloseDeadLetters close) {
        this.deadLetters = deadLetters;
        this.summarize = summarize;
        this.close = close;
    }

    /**
     * Which open letters are meant: these, or all that fit the filter.
     *
     * @param origin a work class or a topic
     * @param createdBefore only those written before; now unless given
     */
    public record WantedLetters(
            @Schema(examples = "[\"0199f0c1-7a3e-7d4c-9f65-3c1f0a6e8b11\"]")
            @Size(max = 500, message = "At most 500 ids in one request.")
            @Nullable
            List<@NotBlank(message = "An id.") String> ids,

            @Pattern(regexp = SERVICES, message = "One of " + SERVICES + ".") @Schema(examples = "media") @Nullable
            String service,

            @Size(min = 1, max = 120, message = "A work class or a topic.") @Schema(examples = "image") @Nullable
            String origin,

            @Size(min = 1, max = 40, message = "An error code.") @Schema(examples = "child_died") @Nullable
            String errorCode,

            @Nullable Instant createdBefore) {}

    @GET
    @RolesAllowed(Role.Names.VIEWER)
    @Operation(summary = "Dead letters of all services, newest first")
    public DeadLetterPageRepresentation list(
            @Parameter(
                            description = "Only those in this state; open unless given",
                            schema = @Schema(enumeration = {"open", "redriven", "acknowledged", "all"}))
                    @QueryParam("state")
                    @DefaultValue("open")
                    @Pattern(regexp = STATES, message = "One of " + STATES + ".")
                    String state,
            @Parameter(description = "Only those with this error code", example = "child_died")
                    @QueryParam("error_code")
                    @DefaultValue("")
                    String errorCode,
            @Parameter(description = "Only those of this work class or topic", example = "image")
                    @QueryParam("origin")
                    @DefaultValue("")
                    String origin,
            @Parameter(
                            description = "Only those that this service owns",
                            schema = @Schema(enumeration = {"scanner", "ingest", "media"}))
                    @QueryParam("service")
                    @DefaultValue("")
                    @Pattern(regexp = "|" + SERVICES, message = "One of " + SERVICES + ".")
                    String service,
            @BeanParam PageParameters page) {
        return deadLetters.page(
                new ListDeadLetters.Wanted(state, errorCode, origin, service), page.limit(), page.cursor());
    }

    @GET
    @Path("/summary")
    @RolesAllowed(Role.Names.VIEWER)
    @Operation(summary = "Open dead letters, counted by service, origin and error code")
    public DeadLetterSummaryRepresentation summary() {
        return summarize.summary();
    }

    @POST
    @Path("/{id}/redrive")
    @RolesAllowed(Role.Names.OPERATOR)
    @Operation(
            summary = "Have its owner try one again",
            description = "Closes the letter; the same failure writes a new one. Asking again changes nothing.")
    @APIResponse(
            responseCode = "409",
            description = "It cannot be tried again and stays open; \"detail\" says why",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public ClosedDeadLettersRepresentation redrive(String id) {
        return close.one(End.REDRIVE, id);
    }

    @POST
    @Path("/{id}/acknowledge")
    @RolesAllowed(Role.Names.OPERATOR)
    @Operation(
            summary = "Dismiss one",
            description = "Closes the letter; nothing is tried again. Asking again changes nothing.")
    public ClosedDeadLettersRepresentation acknowledge(String id) {
        return close.one(End.ACKNOWLEDGE, id);
    }

    @POST
    @Path("/redrive")
    @RolesAllowed(Role.Names.OPERATOR)
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Have their owners try many again",
            description =
                    "By ids or by a filter; at most 500 of each service in one request, \"more\" says to ask again.")
    public ClosedDeadLettersRepresentation redriveAll(
            @Valid @NotNull(message = SEND_IDS_OR_A_FILTER) WantedLetters wanted) {
        return close.all(End.REDRIVE, wanted);
    }

    @POST
    @Path("/acknowledge")
    @RolesAllowed(Role.Names.OPERATOR)
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Dismiss many",
            description =
                    "By ids or by a filter; at most 500 of each service in one request, \"more\" says to ask again.")
    public ClosedDeadLettersRepresentation acknowledgeAll(
            @Valid @NotNull(message = SEND_IDS_OR_A_FILTER) WantedLetters wanted) {
        return close.all(End.ACKNOWLEDGE, wanted);
    }
}
