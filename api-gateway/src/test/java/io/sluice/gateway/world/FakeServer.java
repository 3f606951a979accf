package io.sluice.gateway.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.grpc.BindableService;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.sluice.contract.ErrorCode;
import io.sluice.messaging.command.CommandKey;

/** A real gRPC server of one service at the process boundary: it wants the internal token, and can be stopped and started again. */
final class FakeServer {

    private static final Metadata.Key<String> TOKEN = Metadata.Key.of("sluice-token", Metadata.ASCII_STRING_MARSHALLER);
    private static final Metadata.Key<String> CODE =
            Metadata.Key.of("sluice-error-code", Metadata.ASCII_STRING_MARSHALLER);
    /** The idempotency key that a call came with; empty for none. */
    static final Context.Key<String> COMMAND_KEY = Context.keyWithDefault("fake-command-key", "");

    private static final Metadata.Key<String> TRACEPARENT =
            Metadata.Key.of("traceparent", Metadata.ASCII_STRING_MARSHALLER);

    private final int port;
    private final List<BindableService> services;
    private volatile Server server;
    private volatile String lastTraceparent = "";

    FakeServer(int port, BindableService... services) {
        this.port = port;
        this.services = List.of(services);
        start();
    }

    void start() {
        NettyServerBuilder builder = NettyServerBuilder.forPort(port).intercept(new Door());
        services.forEach(builder::addService);
        try {
            server = builder.build().start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void stop() {
        try {
            server.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    String lastTraceparent() {
        return lastTraceparent;
    }

    /** As messaging's GrpcErrors puts a coded exception on the wire. */
    static StatusRuntimeException coded(ErrorCode code, String message) {
        Metadata trailers = new Metadata();
        trailers.put(CODE, code.code());
        Status status =
                switch (code) {
                    case NOT_FOUND -> Status.NOT_FOUND;
                    case INVALID_REQUEST -> Status.INVALID_ARGUMENT;
                    case CONFLICT, JOB_NOT_CANCELLABLE, PRECONDITION_FAILED -> Status.FAILED_PRECONDITION;
                    default -> Status.UNAVAILABLE;
                };
        return status.withDescription(message).asRuntimeException(trailers);
    }

    static <T> void tellKnown(StreamObserver<T> answer, T known, String otherwise) {
        if (known == null) {
            answer.onError(coded(ErrorCode.NOT_FOUND, otherwise));
        } else {
            tell(answer, known);
        }
    }

    static <T> void tell(StreamObserver<T> answer, T message) {
        answer.onNext(message);
        answer.onCompleted();
    }

    private final class Door implements ServerInterceptor {
        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            if (!"it-token".equals(headers.get(TOKEN))) {
                call.close(Status.UNAUTHENTICATED, new Metadata());
                return new ServerCall.Listener<>() {};
            }
            if (headers.containsKey(TRACEPARENT)) {
                lastTraceparent = headers.get(TRACEPARENT);
            }
            String key = headers.get(CommandKey.METADATA);
            return Contexts.interceptCall(
                    Context.current().withValue(COMMAND_KEY, key == null ? "" : key), call, headers, next);
        }
    }
}
