package io.sluice.gateway.pipeline.lag;

import java.util.stream.Collectors;
import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import com.google.protobuf.util.Timestamps;

import io.quarkus.security.identity.SecurityIdentity;
import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.contract.messaging.v1.PauseWorkRequest;
import io.sluice.contract.messaging.v1.ResumeWorkRequest;
import io.sluice.contract.messaging.v1.SummarizeWorkRequest;
import io.sluice.contract.messaging.v1.SummarizeWorkResponse;
import io.sluice.contract.messaging.v1.WorkPause;
import io.sluice.gateway.pipeline.lag.LagRepresentation.PauseRepresentation;
import io.sluice.gateway.upstream.Upstream;
import io.sluice.gateway.upstream.Upstreams;

/** Asks the owner of a class whether it is paused, tells it to pause or to go on, and the audit log who said so. */
@ApplicationScoped
class PauseWork {

    private static final Logger AUDIT = Logger.getLogger("audit");

    private final Upstreams upstreams;
    private final SecurityIdentity identity;

    PauseWork(Upstreams upstreams, SecurityIdentity identity) {
        this.upstreams = upstreams;
        this.identity = identity;
    }

    /** @throws CodedException {@code NOT_FOUND} for a service or class that is not there */
    PauseRepresentation now(String service, String workClass) {
        SummarizeWorkResponse told = upstreams.operations(
                named(service), operations -> operations.summarizeWork(SummarizeWorkRequest.getDefaultInstance()));
        if (LagTarget.groups().stream()
                .noneMatch(target -> target.service().equals(service) && workClass.equals(target.workClass()))) {
            throw new CodedException(
                    ErrorCode.NOT_FOUND,
                    "The " + service + " service has no such class of work; GET /work lists them.");
        }
        return told.getPausesList().stream()
                .filter(pause -> pause.getWorkClass().equals(workClass))
                .findFirst()
                .map(pause -> PauseRepresentation.of(service, pause))
                .orElseGet(() -> PauseRepresentation.none(service, workClass));
    }

    /** @throws CodedException {@code NOT_FOUND} for a service or class that is not there */
    PauseRepresentation pause(String service, String workClass, String reason) {
        String by = identity.getPrincipal().getName();
        WorkPause pause = upstreams.operations(
                named(service),
                operations -> operations.pauseWork(PauseWorkRequest.newBuilder()
                        .setWorkClass(workClass)
                        .setReason(reason)
                        .setRequestedBy(by)
                        .build()));
        AUDIT.infof("work paused by=%s service=%s work_class=%s reason=%s", by, service, workClass, reason);
        return PauseRepresentation.of(service, pause);
    }

    /**
     * @param expected of the pause that is meant; null for whichever stands
     * @throws CodedException {@code NOT_FOUND} for a service or class that is not there; {@code PRECONDITION_FAILED} when
     *     another pause stands, or none
     */
    PauseRepresentation resume(String service, String workClass, @Nullable Long expected) {
        String by = identity.getPrincipal().getName();
        ResumeWorkRequest.Builder request =
                ResumeWorkRequest.newBuilder().setWorkClass(workClass).setRequestedBy(by);
        if (expected != null) {
            request.setExpectedPausedAt(Timestamps.fromMicros(expected));
        }
        boolean resumed = upstreams
                .operations(named(service), operations -> operations.resumeWork(request.build()))
                .getResumed();
        AUDIT.infof("work resumed by=%s service=%s work_class=%s was_paused=%s", by, service, workClass, resumed);
        return PauseRepresentation.none(service, workClass);
    }

    private static Upstream named(String service) {
        return Upstream.withWork().stream()
                .filter(upstream -> upstream.serviceName().equals(service))
                .findFirst()
                .orElseThrow(() -> new CodedException(
                        ErrorCode.NOT_FOUND,
                        "There is no such service. There are: "
                                + Upstream.withWork().stream()
                                        .map(Upstream::serviceName)
                                        .collect(Collectors.joining(", "))
                                + "."));
    }
}
