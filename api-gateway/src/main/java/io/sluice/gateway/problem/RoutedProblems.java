package io.sluice.gateway.problem;

import java.util.List;
import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.sluice.contract.ErrorCode;
import io.sluice.gateway.problem.Problem.Origin;
import io.sluice.gateway.web.ShownPath;
import io.sluice.gateway.web.Trace;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;

/** Answers a request with a problem before, or without, any resource. */
@ApplicationScoped
public class RoutedProblems {

    private final ObjectMapper json;

    RoutedProblems(ObjectMapper json) {
        this.json = json;
    }

    /** Ends the request. */
    public void answer(RoutingContext context, ErrorCode code, String detail) {
        int status = code.httpStatus();
        Problem problem = Problem.of(
                code,
                status,
                detail,
                new Origin(ShownPath.of(context.request().path()), Trace.idOf(context)),
                List.of());
        try {
            context.response()
                    .setStatusCode(status)
                    .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                    .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                    .end(json.writeValueAsString(problem));
        } catch (JsonProcessingException unwritable) {
            context.fail(unwritable);
        }
    }
}
