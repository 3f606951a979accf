package io.sluice.gateway.importing;

import java.util.List;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.quarkus.security.identity.SecurityIdentity;
import io.sluice.contract.ingest.v1.CancelJobRequest;
import io.sluice.gateway.command.EntityTags;
import io.sluice.gateway.problem.Problem;
import io.sluice.gateway.security.Role;
import io.sluice.gateway.upstream.Upstreams;
import io.sluice.gateway.web.PageParameters;
import io.smallrye.common.annotation.RunOnVirtualThread;

/** Requests to import a batch; a worker in the background takes them in the order of priority, then age. */
@Path("/import/jobs")
@Tag(name = "import")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.Names.VIEWER)
@RunOnVirtualThread
public class ImportJobsResource {

    private static final Logger AUDIT = Logger.getLogger("audit");
    private static final String STATES = "queued|running|done|failed|cancelled";

    private final LookUpImports imports;
    private final QueueImports queue;
    private final Upstreams upstreams;
    private final SecurityIdentity identity;

    ImportJobsResource(LookUpImports imports, QueueImports queue, Upstreams upstreams, SecurityIdentity identity) {
        this.imports = imports;
        this.queue = queue;
        this.upstreams = upstreams;
        this.identity = identity;
    }

    /**
     * Which batches to import.
     *
     * @param batches sync ids; one that is named twice is queued once
     * @param priority lower runs first, 50 unless given
     * @param force import again what is imported already: its items end skipped
     */
    public record ImportRequest(
            @Schema(examples = "[\"37e428d2-a4f6-4a31-bacf-0c835fb24084\"]")
            @NotEmpty(message = "Name at least one batch by its sync id.")
            @Size(max = 500, message = "At most 500 batches in one request.")
            List<@NotBlank(message = "A sync id.") @Size(max = 255, message = "A sync id.") String> batches,

            @Schema(examples = "50")
            @Min(value = 0, message = "0 (first) to 999 (last).")
            @Max(value = 999, message = "0 (first) to 999 (last).")
            @Nullable
            Integer priority,

            @Nullable Boolean force) {}

    /** @param results one a batch, in the order asked */
    public record QueuedRepresentation(List<QueuedImportRepresentation> results) {}

    @POST
    @RolesAllowed(Role.Names.OPERATOR)
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Queue imports",
            description =
                    "Each batch by itself; one without a preflight gets one first. A batch with an active job answers"
                            + " that job.")
    @APIResponse(
            responseCode = "202",
            description = "At least one was queued; the Location header is the (first) operation to watch",
            content = @Content(schema = @Schema(implementation = QueuedRepresentation.class)))
    @APIResponse(
            responseCode = "409",
            description = "None was queued; \"errors\" has a code and a reason for each",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response queue(@Valid @NotNull(message = "Send {\"batches\": [sync id, …]}.") ImportRequest wanted) {
        return queue.queue(wanted);
    }

    @GET
    @Operation(summary = "Jobs: those that run and wait first, then newest first")
    public ImportJobPageRepresentation list(
            @Parameter(
                            description = "Only those in this state",
                            example = "running",
                            schema = @Schema(enumeration = {"queued", "running", "done", "failed", "cancelled"}))
                    @QueryParam("state")
                    @Pattern(regexp = STATES, message = "One of " + STATES + ".")
                    @Nullable
                    String state,
            @BeanParam PageParameters page) {
        return imports.jobs(state, null, page);
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "One job with its progress")
    public ImportJobRepresentation get(String id) {
        return imports.job(id);
    }

    @POST
    @Path("/{id}/cancel")
    @RolesAllowed(Role.Names.OPERATOR)
    @Operation(
            summary = "Take a queued job back",
            description = "Only while it is queued and none of its items was attempted.")
    @APIResponse(
            responseCode = "200",
            description = "Cancelled",
            content = @Content(schema = @Schema(implementation = ImportJobRepresentation.class)))
    @APIResponse(
            responseCode = "409",
            description = "It runs, has ended, or an item of it was attempted",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "412",
            description = "It is not what If-Match says any more",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public ImportJobRepresentation cancel(
            String id,
            @Parameter(description = "ETag of the job as you saw it") @HeaderParam("If-Match") @Nullable
                    String ifMatch) {
        String by = identity.getPrincipal().getName();
        CancelJobRequest.Builder request =
                CancelJobRequest.newBuilder().setJobId(id).setRequestedBy(by);
        Long expected = EntityTags.expected(ifMatch);
        if (expected != null) {
            request.setExpectedVersion(expected);
        }
        var cancelled = upstreams.imports(ingest -> ingest.cancelJob(request.build()));
        AUDIT.infof("job cancelled by=%s job=%s", by, id);
        return ImportJobRepresentation.of(cancelled);
    }
}
