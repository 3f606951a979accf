package io.sluice.gateway.limit;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.sluice.contract.ErrorCode;
import io.sluice.gateway.GatewayMetrics;
import io.sluice.gateway.problem.RoutedProblems;
import io.sluice.gateway.security.ProvenCallers;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

/**
 * Refuses what is too much, before it costs anything: a database is not even asked whose key it is. A caller is the key that
 * a credential was found to belong to, else the address: whoever tries keys is counted by address.
 */
@ApplicationScoped
class LimitRequests {

    /** After the trace was given, before the authentication. */
    private static final int SECOND = 9_000;

    private static final String GUARDED = "/api/";

    private final Map<Traffic, CallerBuckets> buckets = new EnumMap<>(Traffic.class);
    private final ProvenCallers callers;
    private final RoutedProblems problems;
    private final GatewayMetrics metrics;

    LimitRequests(RateLimitConfig config, ProvenCallers callers, RoutedProblems problems, GatewayMetrics metrics) {
        this.callers = callers;
        this.problems = problems;
        this.metrics = metrics;
        int factor = config.bytesFactor();
        buckets.put(Traffic.READS, new CallerBuckets(config.requestsPerSecond(), config.burst(), System::nanoTime));
        buckets.put(
                Traffic.BYTES,
                new CallerBuckets(
                        (double) config.requestsPerSecond() * factor,
                        (double) config.burst() * factor,
                        System::nanoTime));
        buckets.put(
                Traffic.COMMANDS,
                new CallerBuckets(config.commandsPerSecond(), config.commandBurst(), System::nanoTime));
    }

    void register(@Observes Filters filters) {
        filters.register(this::around, SECOND);
    }

    private void around(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (!Objects.requireNonNullElse(request.path(), "").startsWith(GUARDED)) {
            context.next();
            return;
        }
        Traffic traffic = Traffic.of(request.method(), request.path());
        int seconds = Objects.requireNonNull(buckets.get(traffic)).take(caller(request));
        if (seconds == 0) {
            context.next();
            return;
        }
        metrics.limited(traffic.label());
        context.response().putHeader(HttpHeaders.RETRY_AFTER, Integer.toString(seconds));
        problems.answer(
                context,
                ErrorCode.TOO_MANY_REQUESTS,
                "Your key, or your address without one, asks too much at a time. Wait for the seconds of Retry-After; an"
                        + " operator can raise sluice.rate-limit.* for the whole gateway.");
    }

    private String caller(HttpServerRequest request) {
        return callers.keyOf(request)
                .map(key -> "key " + key)
                .orElseGet(() -> "address "
                        + (request.remoteAddress() == null
                                ? ""
                                : request.remoteAddress().hostAddress()));
    }
}
