package io.sluice.gateway.web;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.jboss.logging.MDC;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;

/** Gives every request its trace, and every answer the headers that keep a browser from doing what nobody asked of it. */
@ApplicationScoped
class RequestEdges {

    /** Before the access log and the authentication. */
    private static final int FIRST = 10_000;

    /** The console loads nothing from elsewhere; inline scripts are not run at all. */
    private static final String CONSOLE_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
                    + " img-src 'self' data:; font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    void register(@Observes Filters filters) {
        filters.register(RequestEdges::around, FIRST);
    }

    private static void around(RoutingContext context) {
        String traceId = Trace.begin(context);
        MDC.put("traceId", traceId);
        context.addHeadersEndHandler(ignored -> fence(context.response().headers(), traceId));
        context.next();
    }

    private static void fence(MultiMap headers, String traceId) {
        headers.set("Trace-Id", traceId);
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        headers.set("X-Frame-Options", "DENY");
        if (!headers.contains("Content-Security-Policy")) {
            headers.set("Content-Security-Policy", CONSOLE_POLICY);
        }
    }
}
