package io.sluice.gateway.importing;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
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
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

import io.quarkus.security.identity.SecurityIdentity;
import io.sluice.contract.ingest.v1.PreflightBatchRequest;
import io.sluice.gateway.command.EntityTags;
import io.sluice.gateway.problem.Problem;
import io.sluice.gateway.security.Role;
import io.sluice.gateway.upstream.Upstreams;
import io.sluice.gateway.web.PageParameters;
import io.smallrye.common.annotation.RunOnVirtualThread;

/** Our records of handover bundles. */
@Path("/import/batches")
@Tag(name = "import")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.Names.VIEWER)
@RunOnVirtualThread
public class ImportBatchesResource {

    private static final Logger AUDIT = Logger.getLogger("audit");
    private static final String STATES =
            "discovered|invalid|waiting|preflighted|queued|importing|imported|partial|failed|superseded";
    private static final String DECISIONS = "created|linked|updated|skipped|deferred|failed";

    private final LookUpImports imports;
    private final Upstreams upstreams;
    private final SecurityIdentity identity;

    ImportBatchesResource(LookUpImports imports, Upstreams upstreams, SecurityIdentity identity) {
        this.imports = imports;
        this.upstreams = upstreams;
        this.identity = identity;
    }

    @GET
    @Operation(summary = "Batches, newest look first")
    public BatchPageRepresentation list(
            @Parameter(
                            description = "Only those in this state",
                            example = "partial",
                            schema =
                                    @Schema(
                                            enumeration = {
                                                "discovered",
                                                "invalid",
                                                "waiting",
                                                "preflighted",
                                                "queued",
                                                "importing",
                                                "imported",
                                                "partial",
                                                "failed",
                                                "superseded"
                                            }))
                    @QueryParam("state")
                    @Pattern(regexp = STATES, message = "One of " + STATES + ".")
                    @Nullable
                    String state,
            @Parameter(description = "Id or name of a handover library", example = "Cloud sync")
                    @QueryParam("library")
                    @Nullable
                    String library,
            @Parameter(
                            description = "true for those that a person should look at",
                            schema = @Schema(enumeration = {"true", "false"}))
                    @QueryParam("needs_hand")
                    @Pattern(regexp = "true|false", message = "true or false.")
                    @Nullable
                    String needsHand,
            @BeanParam PageParameters page) {
        return imports.batches(state, library, "true".equals(needsHand), page);
    }

    @GET
    @Path("/{sync_id}")
    @Operation(summary = "One batch with its manifest, warnings and active job")
    public BatchDetailRepresentation get(@RestPath("sync_id") String syncId) {
        return imports.batch(syncId);
    }

    @GET
    @Path("/{sync_id}/items")
    @Operation(
            summary = "Its items in the order of the manifest",
            description = "Decisions are captured by preflight and updated by import; decided_by says which.")
    public BatchItemPageRepresentation items(
            @RestPath("sync_id") String syncId,
            @Parameter(
                            description = "Only those with this decision",
                            example = "failed",
                            schema =
                                    @Schema(
                                            enumeration = {
                                                "created",
                                                "linked",
                                                "updated",
                                                "skipped",
                                                "deferred",
                                                "failed"
                                            }))
                    @QueryParam("decision")
                    @Pattern(regexp = DECISIONS, message = "One of " + DECISIONS + ".")
                    @Nullable
                    String decision,
            @BeanParam PageParameters page) {
        return imports.items(syncId, decision, page);
    }

    @GET
    @Path("/{sync_id}/events")
    @Operation(summary = "What happened to it, newest first", description = "The append-only ledger.")
    public LedgerPageRepresentation events(@RestPath("sync_id") String syncId, @BeanParam PageParameters page) {
        return imports.events(syncId, page);
    }

    @GET
    @Path("/{sync_id}/jobs")
    @Operation(summary = "Its jobs, newest first; an active one stands at the top")
    public ImportJobPageRepresentation jobs(@RestPath("sync_id") String syncId, @BeanParam PageParameters page) {
        return imports.jobsOf(syncId, page);
    }

    @POST
    @Path("/{sync_id}/preflight")
    @RolesAllowed(Role.Names.OPERATOR)
    @Operation(
            summary = "Judge it and its items without writing to the library",
            description = "Safe to run again. Answers the batch as it stands afterwards; …/items has the decisions.")
    @APIResponse(
            responseCode = "200",
            description = "Judged",
            content = @Content(schema = @Schema(implementation = BatchDetailRepresentation.class)))
    @APIResponse(
            responseCode = "409",
            description = "It cannot be judged now (it waits, is invalid, or is being imported); the problem says why",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "412",
            description = "It is not what If-Match says any more",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public BatchDetailRepresentation preflight(
            @RestPath("sync_id") String syncId,
            @Parameter(description = "ETag of the batch as you saw it") @HeaderParam("If-Match") @Nullable
                    String ifMatch) {
        String by = identity.getPrincipal().getName();
        AUDIT.infof("preflight asked for by=%s sync_id=%s", by, syncId);
        PreflightBatchRequest.Builder request =
                PreflightBatchRequest.newBuilder().setSyncId(syncId).setRequestedBy(by);
        Long expected = EntityTags.expected(ifMatch);
        if (expected != null) {
            request.setExpectedVersion(expected);
        }
        return BatchDetailRepresentation.of(
                upstreams.importsAtLength(ingest -> ingest.preflightBatch(request.build())));
    }
}
