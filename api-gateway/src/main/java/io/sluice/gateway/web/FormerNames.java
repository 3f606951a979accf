package io.sluice.gateway.web;

import java.util.Map;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** Names of operations in the system before: each answers as its successor does and says that it is going away (RFC 9745). */
@ApplicationScoped
class FormerNames {

    private static final Map<String, String> SUCCESSORS =
            Map.of("/photos/search", "/api/v1/search", "/hls/stats", "/api/v1/hls/stats");

    /** Deprecated from the first day on: 2026-01-01T00:00:00Z. */
    private static final String SINCE = "@1767225600";

    private static final String SUCCESSOR = "sluice.successor";
    private static final int BEFORE_EVERYTHING_ELSE = -10_000;

    void route(@Observes Router router) {
        SUCCESSORS.forEach((name, successor) -> {
            router.route(HttpMethod.GET, name)
                    .order(BEFORE_EVERYTHING_ELSE)
                    .handler(context -> goOn(context, successor));
            router.route(HttpMethod.GET, successor)
                    .order(BEFORE_EVERYTHING_ELSE)
                    .handler(FormerNames::say);
        });
    }

    private static void goOn(RoutingContext context, String successor) {
        context.put(SUCCESSOR, successor);
        String query = context.request().query();
        context.reroute(query == null ? successor : successor + "?" + query);
    }

    /** Going on to another route forgets all headers that were set before. */
    private static void say(RoutingContext context) {
        if (context.get(SUCCESSOR) instanceof String successor) {
            context.response()
                    .putHeader("Deprecation", SINCE)
                    .putHeader("Link", "<" + successor + ">; rel=\"successor-version\"");
        }
        context.next();
    }
}
