package io.sluice.gateway.upstream;

import java.util.function.Supplier;
import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import io.quarkus.arc.Arc;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.sluice.gateway.command.RequestKey;
import io.sluice.gateway.web.Trace;
import io.sluice.messaging.command.CommandKey;

/**
 * Sends the request's trace along with every question, and the key of a command. A request that becomes several commands of
 * one name gives each a part of its key.
 */
@ApplicationScoped
class CarryRequest implements ClientInterceptor {

    private static final Metadata.Key<String> TRACEPARENT =
            Metadata.Key.of("traceparent", Metadata.ASCII_STRING_MARSHALLER);
    private static final ScopedValue<Carried> CARRIED = ScopedValue.newInstance();

    private final CurrentVertxRequest request;

    CarryRequest(CurrentVertxRequest request) {
        this.request = request;
    }

    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
        Carried carried = carry();
        return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
            @Override
            public void start(Listener<A> listener, Metadata headers) {
                if (carried.parent != null) {
                    headers.put(TRACEPARENT, carried.parent);
                }
                if (carried.key != null) {
                    headers.put(CommandKey.METADATA, carried.key);
                }
                super.start(listener, headers);
            }
        };
    }

    /** The current request's trace and key, to be used on another thread. */
    Carried carry() {
        if (CARRIED.isBound()) {
            return CARRIED.get();
        }
        if (!Arc.container().requestContext().isActive() || request.getCurrent() == null) {
            return new Carried(null, null, Context.current());
        }
        // Where traces are exported, the client's span is the parent, and who makes that puts it on.
        String parent = Span.current().getSpanContext().isValid() ? null : Trace.parentFor(request.getCurrent());
        return new Carried(parent, RequestKey.of(request.getCurrent().request()), Context.current());
    }

    /** @param part what tells apart the commands that the request becomes */
    <T> T part(String part, Supplier<T> question) {
        Carried whole = carry();
        return new Carried(whole.parent, whole.key == null ? null : whole.key + "/" + part, whole.context)
                .call(question);
    }

    /** @param context of OpenTelemetry, with the request's span where traces are exported */
    record Carried(@Nullable String parent, @Nullable String key, Context context) {
        <T> T call(Supplier<T> question) {
            return ScopedValue.where(CARRIED, this)
                    .call(() -> context.wrapSupplier(question).get());
        }
    }
}
