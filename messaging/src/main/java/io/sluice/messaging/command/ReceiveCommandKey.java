package io.sluice.messaging.command;

import jakarta.enterprise.context.ApplicationScoped;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.quarkus.grpc.GlobalInterceptor;

/** Keeps the key of a call where {@link CommandsOnce} finds it. */
@GlobalInterceptor
@ApplicationScoped
public class ReceiveCommandKey implements ServerInterceptor {

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        String key = headers.get(CommandKey.METADATA);
        if (key == null) {
            return next.startCall(call, headers);
        }
        CommandKey command = new CommandKey(call.getMethodDescriptor().getFullMethodName(), key);
        return Contexts.interceptCall(Context.current().withValue(CommandKey.CURRENT, command), call, headers, next);
    }
}
