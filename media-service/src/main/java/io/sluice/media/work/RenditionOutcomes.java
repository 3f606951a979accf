package io.sluice.media.work;

import java.util.function.Supplier;

import org.jboss.logging.Logger;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.contract.ErrorKind;
import io.sluice.messaging.work.ClaimedWork;
import io.sluice.messaging.work.Outcome;

/** What an attempt at renditions came to when it could not be made, and the line that says so. */
final class RenditionOutcomes {

    private static final Logger LOG = Logger.getLogger(RenditionOutcomes.class);

    private RenditionOutcomes() {}

    /** A file that vanished will be told of: its work waits, as for everything that only the outside can mend. */
    static <R> Outcome<R> of(String workClass, ClaimedWork claimed, Supplier<R> attempt) {
        try {
            return new Outcome.Ok<>(attempt.get());
        } catch (CodedException e) {
            ErrorCode code = e.code();
            String reason = String.valueOf(e.getMessage());
            boolean interrupted = code.kind() == ErrorKind.CAPACITY || code == ErrorCode.FILE_VANISHED;
            LOG.infof(
                    "Work %s work_class=%s key=%s attempt=%d error_code=%s: %s",
                    interrupted ? "waits" : "failed", workClass, claimed.key(), claimed.attempt(), code.code(), reason);
            return interrupted ? new Outcome.Interrupted<>(code, reason) : new Outcome.Failed<>(code, reason);
        }
    }
}
