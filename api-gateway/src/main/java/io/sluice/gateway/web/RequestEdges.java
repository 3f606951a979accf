package io.sluice.gateway.web;

import java.util.Objects;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.jboss.logging.MDC;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

/** Gives every request its trace, and every answer the headers that keep a browser from doing what nobody asked of it. */
@ApplicationScoped
class RequestEdges {

    /** Before the access log and the authentication. */
    private static final int FIRST = 10_000;

    /** The access log's pattern names it: the request's first line without what opens doors. */
    private static final String SHOWN_REQUEST_LINE = "shown_request_line";

    /**
     * The console loads nothing from elsewhere; inline scripts are not run at all. What a player puts together of a
     * stream's parts has a blob: address of the page's own.
     */
    private static final String CONSOLE_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
                    + " img-src 'self' data:; media-src 'self' blob:; font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    void register(@Observes Filters filters) {
        filters.register(RequestEdges::around, FIRST);
    }

    private static void around(RoutingContext context) {
        String traceId = Trace.begin(context);
        MDC.put("traceId", traceId);
        context.put(SHOWN_REQUEST_LINE, shownRequestLine(context.request()));
        typeOfNothing(context.request());
        context.addHeadersEndHandler(ignored -> fence(context.response().headers(), traceId));
        context.next();
    }

    private static String shownRequestLine(HttpServerRequest request) {
        return request.method() + " " + ShownPath.of(request.uri()) + " " + request.version();
    }

    /** A body that is left out has no type, whatever is said of it; an operation whose body is optional would refuse it. */
    private static void typeOfNothing(HttpServerRequest request) {
        if (request.method().equals(HttpMethod.POST)
                && !request.headers().contains(HttpHeaders.TRANSFER_ENCODING)
                && "0".equals(Objects.requireNonNullElse(request.getHeader(HttpHeaders.CONTENT_LENGTH), "0"))) {
            request.headers().set(HttpHeaders.CONTENT_TYPE, "application/json");
        }
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
