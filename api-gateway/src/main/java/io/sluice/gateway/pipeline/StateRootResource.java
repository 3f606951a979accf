package io.sluice.gateway.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;

import io.sluice.contract.CodedException;
import io.sluice.gateway.security.Role;
import io.sluice.gateway.web.CutOff;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;

/** One hash that says whether two runs ended in the same state: assets, locations, renditions; no times, no ids. */
@Path("/pipeline/state-root")
@Tag(name = "pipeline")
@RunOnVirtualThread
public class StateRootResource {

    private static final Logger LOG = Logger.getLogger(StateRootResource.class);
    private static final int BUFFER = 64 * 1024;

    private final StateLines lines;

    StateRootResource(StateLines lines) {
        this.lines = lines;
    }

    /**
     * The state of the pipeline in one value.
     *
     * @param stateRoot SHA-256, 64 lowercase hex digits
     * @param lines how many lines it stands for
     */
    public record StateRootRepresentation(
            @Schema(examples = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
            String stateRoot,

            long lines) {}

    @GET
    @RolesAllowed(Role.Names.VIEWER)
    @Produces({MediaType.APPLICATION_JSON, MediaType.TEXT_PLAIN})
    @Operation(
            summary = "The state root, or with lines=true the lines it is made of",
            description =
                    "SHA-256 over the lines joined by a newline. As text, a stream that ends too early was cut off.")
    @APIResponse(
            responseCode = "200",
            description = "The root, or the lines",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(implementation = StateRootRepresentation.class)),
                @Content(mediaType = MediaType.TEXT_PLAIN, schema = @Schema(type = SchemaType.STRING))
            })
    public Response get(
            @Parameter(description = "true for the lines as text") @QueryParam("lines") @DefaultValue("false")
                    boolean wanted,
            @Context HttpServerRequest request) {
        if (wanted) {
            StateLines.Reading reading = lines.open();
            return Response.ok((StreamingOutput) to -> stream(reading, to, request))
                    .type("text/plain; charset=utf-8")
                    .header("Cache-Control", "no-store")
                    .build();
        }
        StateRoot root = new StateRoot();
        lines.open().forEach(root::add);
        long count = root.lines();
        return Response.ok(new StateRootRepresentation(root.hex(), count))
                .type(MediaType.APPLICATION_JSON)
                .header("Cache-Control", "no-store")
                .build();
    }

    private static void stream(StateLines.Reading reading, OutputStream to, HttpServerRequest request)
            throws IOException {
        BufferedOutputStream text = new BufferedOutputStream(to, BUFFER);
        try {
            reading.forEach(line -> write(text, line));
            text.flush();
        } catch (CodedException | UncheckedIOException broken) {
            LOG.infof("state lines cut off cause=%s", broken.getMessage());
            throw CutOff.of(request, broken);
        }
    }

    private static void write(OutputStream to, String line) {
        try {
            to.write(line.getBytes(UTF_8));
            to.write('\n');
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}
