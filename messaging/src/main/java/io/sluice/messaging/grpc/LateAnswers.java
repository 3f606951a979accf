package io.sluice.messaging.grpc;

import java.util.concurrent.atomic.AtomicInteger;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.spi.Prioritized;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.quarkus.grpc.GlobalInterceptor;
import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/**
 * Drops what is answered to a caller who went away, whose deadline passed mostly. The server that gRPC shares with HTTP
 * does not tell a call that it was given up (until Quarkus' issue 56268), writes the late answer, takes that for a breach of HTTP/2
 * and closes the connection: every other call on it would fail.
 */
@GlobalInterceptor
@ApplicationScoped
public class LateAnswers implements ServerInterceptor, Prioritized {

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        Context loop = Vertx.currentContext();
        RoutingContext request = loop != null && VertxContext.isDuplicatedContext(loop)
                ? loop.getLocal(RoutingContext.class.getName())
                : null;
        return next.startCall(
                request == null ? call : new WhileSomebodyListens<>(call, loop, request.response()), headers);
    }

    /** Next to the wire, so that meters see how each call ended. */
    @Override
    public int getPriority() {
        return Integer.MAX_VALUE - 100;
    }

    /** Looks and writes on the thread that would be told that the caller went away: nothing comes between the two. */
    private static final class WhileSomebodyListens<Q, A> extends SimpleForwardingServerCall<Q, A> {

        private final Context loop;
        private final HttpServerResponse response;
        private final AtomicInteger waiting = new AtomicInteger();

        WhileSomebodyListens(ServerCall<Q, A> call, Context loop, HttpServerResponse response) {
            super(call);
            this.loop = loop;
            this.response = response;
        }

        @Override
        public void sendHeaders(Metadata headers) {
            write(() -> super.sendHeaders(headers));
        }

        @Override
        public void sendMessage(A message) {
            write(() -> super.sendMessage(message));
        }

        @Override
        public void close(Status status, Metadata trailers) {
            write(() -> super.close(status, trailers));
        }

        @Override
        public boolean isReady() {
            return waiting.get() == 0 && super.isReady();
        }

        @Override
        public boolean isCancelled() {
            return response.closed() || super.isCancelled();
        }

        private void write(Runnable answer) {
            waiting.incrementAndGet();
            loop.runOnContext(now -> {
                waiting.decrementAndGet();
                if (!response.closed()) {
                    answer.run();
                }
            });
        }
    }
}
