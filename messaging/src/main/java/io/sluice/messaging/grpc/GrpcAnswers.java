package io.sluice.messaging.grpc;

import java.util.function.Supplier;

import io.grpc.Context;
import io.grpc.stub.StreamObserver;

/**
 * Answers unary calls on virtual threads of our own. Quarkus' {@code @RunOnVirtualThread} and {@code @Blocking} (until
 * its issue 48940) start the call on another thread than the one that hands it its message: now and then the message is
 * lost and the caller waits for ever, or is told that it closed without a request.
 */
public final class GrpcAnswers {

    private GrpcAnswers() {}

    /** Returns at once; what the call throws goes over the wire as {@link GrpcErrors} says. */
    public static <A> void answer(StreamObserver<A> observer, Supplier<A> call) {
        stream(observer, () -> observer.onNext(call.get()));
    }

    /** As {@link #answer}, for a call that sends its messages itself. */
    public static void stream(StreamObserver<?> observer, Runnable call) {
        // What the interceptors say of the call goes along to its thread.
        Thread.ofVirtual().name("grpc-answer").start(Context.current().wrap(() -> {
            try {
                call.run();
            } catch (RuntimeException | Error failure) {
                observer.onError(GrpcErrors.toStatus(failure));
                return;
            }
            observer.onCompleted();
        }));
    }
}
