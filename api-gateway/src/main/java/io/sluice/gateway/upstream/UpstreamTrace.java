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
import io.quarkus.arc.Arc;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.sluice.gateway.web.Trace;

/** Sends the request's trace along with every question. */
@ApplicationScoped
class UpstreamTrace implements ClientInterceptor {

    private static final Metadata.Key<String> TRACEPARENT =
            Metadata.Key.of("traceparent", Metadata.ASCII_STRING_MARSHALLER);
    private static final ScopedValue<String> CARRIED = ScopedValue.newInstance();

    private final CurrentVertxRequest request;

    UpstreamTrace(CurrentVertxRequest request) {
        this.request = request;
    }

    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
        String parent = parent();
        return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
            @Override
            public void start(Listener<A> listener, Metadata headers) {
                if (parent != null) {
                    headers.put(TRACEPARENT, parent);
                }
                super.start(listener, headers);
            }
        };
    }

    /** The current request's trace, to be used on another thread. */
    Carried carry() {
        return new Carried(parent());
    }

    record Carried(@Nullable String parent) {
        <T> T call(Supplier<T> question) {
            return parent == null
                    ? question.get()
                    : ScopedValue.where(CARRIED, parent).call(question::get);
        }
    }

    private @Nullable String parent() {
        if (CARRIED.isBound()) {
            return CARRIED.get();
        }
        if (!Arc.container().requestContext().isActive() || request.getCurrent() == null) {
            return null;
        }
        return Trace.parentFor(request.getCurrent());
    }
}
