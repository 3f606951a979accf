package io.sluice.gateway.web;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.vertx.ext.web.RoutingContext;

/** The W3C trace that a request belongs to: the caller's when it sends one, else a new one. */
public final class Trace {

    static final String HEADER = "traceparent";
    private static final String KEY = Trace.class.getName();
    private static final Pattern TRACEPARENT =
            Pattern.compile("00-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");
    private static final SecureRandom RANDOM = new SecureRandom();

    private Trace() {}

    /** The trace id of a request, 32 lowercase hex digits. */
    public static String idOf(RoutingContext context) {
        String known = context.get(KEY);
        return known != null ? known : begin(context);
    }

    /** The header to send along with a question that this request asks of a service. */
    public static String parentFor(RoutingContext context) {
        return "00-" + idOf(context) + "-" + random(8) + "-01";
    }

    static String begin(RoutingContext context) {
        // When traces are exported, the request has a span by now, which goes on with the caller's trace by itself.
        SpanContext span = Span.current().getSpanContext();
        String id =
                span.isValid() ? span.getTraceId() : idFrom(context.request().getHeader(HEADER));
        context.put(KEY, id);
        return id;
    }

    static String idFrom(@Nullable String traceparent) {
        if (traceparent != null) {
            var matcher = TRACEPARENT.matcher(traceparent);
            if (matcher.matches()) {
                return matcher.group(1);
            }
        }
        return random(16);
    }

    private static String random(int bytes) {
        byte[] id = new byte[bytes];
        RANDOM.nextBytes(id);
        return HexFormat.of().formatHex(id);
    }
}
