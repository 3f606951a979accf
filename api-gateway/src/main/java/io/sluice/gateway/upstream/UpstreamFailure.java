package io.sluice.gateway.upstream;

import org.jboss.logging.Logger;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.messaging.grpc.GrpcErrors;

/** Reads a failed call: the service's own code when it sent one, else what its silence means. */
final class UpstreamFailure {

    private static final Logger LOG = Logger.getLogger(UpstreamFailure.class);

    private UpstreamFailure() {}

    static CodedException of(Upstream upstream, StatusRuntimeException failure) {
        CodedException coded = GrpcErrors.toCoded(failure);
        return switch (coded.code()) {
            case UNAUTHENTICATED, FORBIDDEN -> {
                // The client proved who they are to us; what is refused there is our own token.
                LOG.errorf(
                        "service refused our token: sluice.internal.token of gateway and %s must be the same",
                        upstream.serviceName());
                yield silent(upstream, failure);
            }
            case SERVICE_UNAVAILABLE -> {
                // Another release, or not this service at all: a person may have to look.
                boolean unknown = failure.getStatus().getCode() == Status.Code.UNIMPLEMENTED;
                LOG.logf(
                        unknown ? Logger.Level.WARN : Logger.Level.DEBUG,
                        "service silent service=%s status=%s",
                        upstream.serviceName(),
                        failure.getStatus());
                yield silent(upstream, failure);
            }
            default -> coded;
        };
    }

    private static CodedException silent(Upstream upstream, StatusRuntimeException failure) {
        return new CodedException(
                ErrorCode.SERVICE_UNAVAILABLE,
                "The " + upstream.serviceName()
                        + " service does not answer at the moment. Nothing is lost; try again in some seconds.",
                failure);
    }
}
