package io.sluice.messaging.grpc;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import jakarta.enterprise.context.ApplicationScoped;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.quarkus.grpc.GlobalInterceptor;
import io.sluice.contract.ErrorCode;
import io.sluice.messaging.MessagingConfig;

/** The shared token of calls between services: added to every call, asked of every call but health checks. */
@GlobalInterceptor
@ApplicationScoped
public class InternalToken implements ServerInterceptor, ClientInterceptor {

    private static final Metadata.Key<String> TOKEN = Metadata.Key.of("sluice-token", Metadata.ASCII_STRING_MARSHALLER);

    private final String token;

    public InternalToken(MessagingConfig.Internal config) {
        this.token = config.token();
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        String service = call.getMethodDescriptor().getServiceName();
        if ("grpc.health.v1.Health".equals(service) || matches(headers.get(TOKEN))) {
            return next.startCall(call, headers);
        }
        Metadata trailers = new Metadata();
        trailers.put(GrpcErrors.CODE, ErrorCode.UNAUTHENTICATED.code());
        call.close(
                Status.UNAUTHENTICATED.withDescription(
                        "The call has no valid sluice-token: set sluice.internal.token alike in every service"),
                trailers);
        return new ServerCall.Listener<>() {};
    }

    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
        return new ForwardingClientCall.SimpleForwardingClientCall<>(next.newCall(method, options)) {
            @Override
            public void start(Listener<A> listener, Metadata headers) {
                headers.put(TOKEN, token);
                super.start(listener, headers);
            }
        };
    }

    private boolean matches(@org.jspecify.annotations.Nullable String given) {
        return given != null
                && MessageDigest.isEqual(
                        given.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
    }
}
