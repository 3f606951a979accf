package io.sluice.gateway.problem;

import java.util.List;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

import org.jspecify.annotations.Nullable;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.contract.ErrorKind;
import io.sluice.gateway.problem.Problem.FieldProblem;
import io.sluice.gateway.problem.Problem.Origin;
import io.sluice.gateway.web.ShownPath;
import io.sluice.gateway.web.Trace;

/** Builds the answer to a request that failed. */
@ApplicationScoped
public class ProblemAnswers {

    /** Long enough for a service to come back, short enough that nobody waits for nothing. */
    private static final int RETRY_AFTER_SECONDS = 2;

    private final CurrentVertxRequest request;

    ProblemAnswers(CurrentVertxRequest request) {
        this.request = request;
    }

    /** The answer for that error, with its own status; a defect keeps its words to itself. */
    public Response of(CodedException failure) {
        return of(failure.code(), failure.getMessage());
    }

    public Response of(ErrorCode code, @Nullable String detail) {
        return of(code, code.httpStatus(), detail, List.of());
    }

    /** The answer to a request that may be sent again, and when. */
    public Response later(ErrorCode code, int status, String detail, int retryAfterSeconds) {
        return Response.fromResponse(of(code, status, detail, List.of()))
                .header(HttpHeaders.RETRY_AFTER, null)
                .header(HttpHeaders.RETRY_AFTER, retryAfterSeconds)
                .build();
    }

    /** The answer to a request whose parts failed each for its own reason. */
    public Response of(ErrorCode code, String detail, List<FieldProblem> errors) {
        return of(code, code.httpStatus(), detail, errors);
    }

    Response of(ErrorCode code, int status, @Nullable String detail, List<FieldProblem> errors) {
        String shown = code.kind() == ErrorKind.DEFECT ? null : detail;
        Response.ResponseBuilder answer = Response.status(status)
                .type(Problem.MEDIA_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(Problem.of(code, status, shown, origin(), errors));
        if (code.kind() == ErrorKind.CAPACITY || code.kind() == ErrorKind.TRANSIENT) {
            answer.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        return answer.build();
    }

    private Origin origin() {
        var context = request.getCurrent();
        return context == null
                ? new Origin("", "")
                : new Origin(ShownPath.of(context.request().path()), Trace.idOf(context));
    }
}
