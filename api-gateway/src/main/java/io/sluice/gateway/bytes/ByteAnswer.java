package io.sluice.gateway.bytes;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import jakarta.ws.rs.core.StreamingOutput;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.gateway.GatewayMetrics;
import io.sluice.gateway.bytes.ByteRanges.Everything;
import io.sluice.gateway.bytes.ByteRanges.Part;
import io.sluice.gateway.bytes.ByteRanges.Parts;
import io.sluice.gateway.bytes.ByteRanges.Unsatisfiable;
import io.sluice.gateway.problem.ProblemAnswers;
import io.sluice.gateway.web.CutOff;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;

/** Answers a request for bytes: conditions first, then ranges, then the stream. */
@ApplicationScoped
class ByteAnswer {

    private static final Logger LOG = Logger.getLogger(ByteAnswer.class);

    private final ProblemAnswers problems;
    private final GatewayMetrics metrics;

    ByteAnswer(ProblemAnswers problems, GatewayMetrics metrics) {
        this.problems = problems;
        this.metrics = metrics;
    }

    /** Opens the file, when it turns out that its bytes are wanted. */
    interface Opener {
        ServedFile open();
    }

    Response to(HttpServerRequest request, Entity entity, Opener opener) {
        return settled(request, entity).orElseGet(() -> send(request, entity, opener.open()));
    }

    /** As above, of a file that had to be opened to know what it is; it is closed when its bytes are not wanted. */
    Response to(HttpServerRequest request, Entity entity, ServedFile file) {
        Optional<Response> settled = settled(request, entity);
        settled.ifPresent(unwanted -> close(file));
        return settled.orElseGet(() -> send(request, entity, file));
    }

    /** The answer when the conditions of the request decide it. */
    private Optional<Response> settled(HttpServerRequest request, Entity entity) {
        if (Preconditions.isOutdated(request.getHeader(HttpHeaders.IF_MATCH), entity.etag())) {
            return Optional.of(problems.of(
                    ErrorCode.PRECONDITION_FAILED,
                    "If-Match names other bytes than these; ask without it to see the present ones."));
        }
        return Preconditions.isKnown(request.getHeader(HttpHeaders.IF_NONE_MATCH), entity.etag())
                ? Optional.of(describe(Response.notModified(), entity).build())
                : Optional.empty();
    }

    private Response send(HttpServerRequest request, Entity entity, ServedFile file) {
        if (request.method().equals(HttpMethod.HEAD)) {
            return whole(file, entity, close(file));
        }
        return switch (ranges(request, entity, file)) {
            case Everything all ->
                whole(file, entity, stream(request, file, entity, List.of(new Part(0, file.size() - 1)), null));
            case Unsatisfiable none -> unsatisfiable(file);
            case Parts parts
            when parts.parts().size() == 1 ->
                single(request, file, entity, parts.parts().getFirst());
            case Parts parts -> multiple(request, file, entity, parts.parts());
        };
    }

    private static ByteRanges ranges(HttpServerRequest request, Entity entity, ServedFile file) {
        return Preconditions.rangeHolds(request.getHeader("If-Range"), entity.etag())
                ? ByteRanges.parse(request.getHeader("Range"), file.size())
                : new Everything();
    }

    private static Response whole(ServedFile file, Entity entity, @Nullable StreamingOutput body) {
        return describe(Response.ok(body), entity)
                .type(entity.mediaType())
                .header("Content-Length", file.size())
                .build();
    }

    private Response single(HttpServerRequest request, ServedFile file, Entity entity, Part part) {
        return describe(Response.status(206).entity(stream(request, file, entity, List.of(part), null)), entity)
                .type(entity.mediaType())
                .header("Content-Range", contentRange(part, file))
                .header("Content-Length", part.length())
                .build();
    }

    private Response multiple(HttpServerRequest request, ServedFile file, Entity entity, List<Part> parts) {
        Multipart multipart = new Multipart(UUID.randomUUID().toString(), entity.mediaType(), file.size());
        return describe(Response.status(206).entity(stream(request, file, entity, parts, multipart)), entity)
                .type("multipart/byteranges; boundary=" + multipart.boundary())
                .header("Content-Length", multipart.length(parts))
                .build();
    }

    private Response unsatisfiable(ServedFile file) {
        close(file);
        Response problem = problems.of(
                ErrorCode.RANGE_NOT_SATISFIABLE,
                "The Range header asks for bytes that are not there, or cannot be read. The file has " + file.size()
                        + " bytes; ask for e.g. \"bytes=0-1023\".");
        return Response.fromResponse(problem)
                .header("Content-Range", "bytes */" + file.size())
                .build();
    }

    private StreamingOutput stream(
            HttpServerRequest request,
            ServedFile file,
            Entity entity,
            List<Part> parts,
            @Nullable Multipart multipart) {
        return to -> {
            try (file) {
                for (Part part : parts) {
                    if (multipart != null) {
                        to.write(multipart.head(part));
                    }
                    file.send(part, to);
                    metrics.sent(entity.kind(), part.length());
                }
                if (multipart != null) {
                    to.write(multipart.end());
                }
            } catch (CodedException | IOException broken) {
                LOG.infof("bytes cut off kind=%s etag=%s cause=%s", entity.kind(), entity.etag(), broken.getMessage());
                throw CutOff.of(request, broken);
            }
        };
    }

    private static ResponseBuilder describe(ResponseBuilder answer, Entity entity) {
        answer.header("ETag", entity.etag())
                .header("Cache-Control", entity.cacheControl())
                .header("Accept-Ranges", "bytes");
        if (entity.disposition() != null) {
            answer.header("Content-Disposition", entity.disposition());
        }
        if (entity.sandboxed()) {
            answer.header("Content-Security-Policy", Entity.SANDBOX);
        }
        return answer;
    }

    private static @Nullable StreamingOutput close(ServedFile file) {
        try {
            file.close();
        } catch (IOException closing) {
            LOG.debug("file would not close", closing);
        }
        return null;
    }

    private static String contentRange(Part part, ServedFile file) {
        return "bytes " + part.first() + "-" + part.last() + "/" + file.size();
    }

    /** A body of several ranges, RFC 9110 section 14.6. */
    private record Multipart(String boundary, String mediaType, long size) {

        byte[] head(Part part) {
            return ("\r\n--" + boundary + "\r\nContent-Type: " + mediaType + "\r\nContent-Range: bytes " + part.first()
                            + "-" + part.last() + "/" + size + "\r\n\r\n")
                    .getBytes(US_ASCII);
        }

        byte[] end() {
            return ("\r\n--" + boundary + "--\r\n").getBytes(US_ASCII);
        }

        long length(List<Part> parts) {
            long length = end().length;
            for (Part part : parts) {
                length += head(part).length + part.length();
            }
            return length;
        }
    }
}
