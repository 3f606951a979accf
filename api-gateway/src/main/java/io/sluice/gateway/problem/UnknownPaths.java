package io.sluice.gateway.problem;

import java.util.List;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.sluice.contract.ErrorCode;
import io.sluice.gateway.problem.Problem.Origin;
import io.sluice.gateway.web.Trace;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** Below /api nothing falls through to the console: an address that no resource has is a problem, not a page. */
@ApplicationScoped
class UnknownPaths {

    private static final int AFTER_EVERYTHING_ELSE = Integer.MAX_VALUE - 1;

    private final ObjectMapper json;

    UnknownPaths(ObjectMapper json) {
        this.json = json;
    }

    void route(@Observes Router router) {
        router.route("/api/*").order(AFTER_EVERYTHING_ELSE).handler(this::answer);
    }

    private void answer(RoutingContext context) {
        Problem problem = Problem.of(
                ErrorCode.NOT_FOUND,
                404,
                "There is nothing at this address. All operations stand in /q/openapi.",
                new Origin(context.request().path(), Trace.idOf(context)),
                List.of());
        try {
            context.response()
                    .setStatusCode(404)
                    .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                    .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                    .end(json.writeValueAsString(problem));
        } catch (JsonProcessingException unwritable) {
            context.fail(unwritable);
        }
    }
}
