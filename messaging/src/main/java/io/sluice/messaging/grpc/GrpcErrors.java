package io.sluice.messaging.grpc;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.quarkus.grpc.ExceptionHandler;
import io.quarkus.grpc.ExceptionHandlerProvider;
import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;

/**
 * Carries error codes over gRPC: a service throws {@link CodedException}, the wire has a status and the trailer
 * {@code sluice-error-code}, {@link #toCoded} gives the caller the same exception again. Anything else that is thrown is
 * a defect: logged here, told without detail.
 */
@ApplicationScoped
public class GrpcErrors implements ExceptionHandlerProvider {

    static final Metadata.Key<String> CODE = Metadata.Key.of("sluice-error-code", Metadata.ASCII_STRING_MARSHALLER);

    private static final Logger LOG = Logger.getLogger(GrpcErrors.class);

    /** What the called service threw; {@code SERVICE_UNAVAILABLE} when it could not be reached in time. */
    public static CodedException toCoded(StatusRuntimeException failure) {
        Metadata trailers = failure.getTrailers();
        String code = trailers == null ? null : trailers.get(CODE);
        String description = failure.getStatus().getDescription();
        String message = description == null ? failure.getStatus().getCode().name() : description;
        if (code != null) {
            return new CodedException(ErrorCode.of(code), message, failure);
        }
        return switch (failure.getStatus().getCode()) {
            case UNAVAILABLE, DEADLINE_EXCEEDED, CANCELLED, INTERNAL, UNKNOWN ->
                new CodedException(ErrorCode.SERVICE_UNAVAILABLE, "The service cannot be reached: " + message, failure);
            case UNIMPLEMENTED ->
                new CodedException(
                        ErrorCode.SERVICE_UNAVAILABLE,
                        "The service does not know this call: an older release that is being replaced, or a wrong address",
                        failure);
            case RESOURCE_EXHAUSTED -> new CodedException(ErrorCode.TOO_MANY_REQUESTS, message, failure);
            case UNAUTHENTICATED -> new CodedException(ErrorCode.UNAUTHENTICATED, message, failure);
            default -> new CodedException(ErrorCode.INTERNAL, "A service failed: " + message, failure);
        };
    }

    /**
     * Whether the connection was not there or broke, so that the called service itself said nothing: its own defects have
     * a code. gRPC's client says INTERNAL of a connection that was closed for another call's sake, and UNKNOWN of an answer that
     * is not gRPC's.
     */
    public static boolean isUnheard(StatusRuntimeException failure) {
        Metadata trailers = failure.getTrailers();
        boolean coded = trailers != null && trailers.containsKey(CODE);
        return !coded
                && switch (failure.getStatus().getCode()) {
                    case UNAVAILABLE, INTERNAL, UNKNOWN -> true;
                    default -> false;
                };
    }

    /** What goes over the wire for an exception of a service method. */
    static StatusRuntimeException toStatus(Throwable failure) {
        if (failure instanceof StatusRuntimeException status) {
            return status;
        }
        if (failure instanceof StatusException status) {
            return new StatusRuntimeException(status.getStatus(), status.getTrailers());
        }
        boolean coded = failure instanceof CodedException;
        ErrorCode code = failure instanceof CodedException known ? known.code() : ErrorCode.INTERNAL;
        if (!coded) {
            LOG.error("A gRPC call failed", failure);
        }
        Metadata trailers = new Metadata();
        trailers.put(CODE, code.code());
        String message = coded ? String.valueOf(failure.getMessage()) : "Internal error; the service's log has it";
        return new StatusRuntimeException(status(code).withDescription(message), trailers);
    }

    private static Status status(ErrorCode code) {
        return switch (code.kind()) {
            case TRANSIENT -> Status.UNAVAILABLE;
            case CAPACITY -> code == ErrorCode.TOO_MANY_REQUESTS ? Status.RESOURCE_EXHAUSTED : Status.UNAVAILABLE;
            case DEFECT -> Status.INTERNAL;
            case SENDER ->
                switch (code.httpStatus()) {
                    case 401 -> Status.UNAUTHENTICATED;
                    case 403 -> Status.PERMISSION_DENIED;
                    case 404 -> Status.NOT_FOUND;
                    case 409, 412 -> Status.FAILED_PRECONDITION;
                    case 416 -> Status.OUT_OF_RANGE;
                    default -> Status.INVALID_ARGUMENT;
                };
        };
    }

    @Override
    public StatusRuntimeException transform(Throwable failure) {
        return toStatus(failure);
    }

    @Override
    public <Q, A> ExceptionHandler<Q, A> createHandler(
            ServerCall.Listener<Q> listener, ServerCall<Q, A> call, Metadata headers) {
        return new ExceptionHandler<>(listener, call, headers) {
            @Override
            protected void handleException(Throwable failure, ServerCall<Q, A> failed, Metadata sent) {
                StatusRuntimeException status = toStatus(failure);
                Metadata trailers = status.getTrailers();
                failed.close(status.getStatus(), trailers == null ? new Metadata() : trailers);
            }
        };
    }
}
