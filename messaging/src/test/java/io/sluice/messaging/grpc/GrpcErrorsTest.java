package io.sluice.messaging.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;

class GrpcErrorsTest {

    @ParameterizedTest
    @EnumSource(
            value = Status.Code.class,
            names = {"UNAVAILABLE", "INTERNAL", "UNKNOWN"})
    void whatTheServiceDidNotSayItselfIsItsSilence(Status.Code code) {
        StatusRuntimeException failure = Status.fromCode(code).asRuntimeException();
        assertThat(GrpcErrors.isUnheard(failure)).isTrue();
        assertThat(GrpcErrors.toCoded(failure).code()).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE);
    }

    @Test
    void aDefectOfTheServiceIsOne() {
        StatusRuntimeException failure = GrpcErrors.toStatus(new IllegalStateException("not for the wire"));
        assertThat(GrpcErrors.isUnheard(failure)).isFalse();
        assertThat(GrpcErrors.toCoded(failure).code()).isEqualTo(ErrorCode.INTERNAL);
        assertThat(failure).hasMessageNotContaining("not for the wire");
    }

    @Test
    void aServiceThatIsBusyWasHeard() {
        StatusRuntimeException failure =
                GrpcErrors.toStatus(new CodedException(ErrorCode.SERVICE_UNAVAILABLE, "The database is away"));
        assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(GrpcErrors.isUnheard(failure)).isFalse();
    }

    /** While a release is rolled out, a new gateway asks old services. */
    @Test
    void aCallThatAnOlderReleaseDoesNotKnowIsForLater() {
        StatusRuntimeException failure = Status.UNIMPLEMENTED.asRuntimeException();
        assertThat(GrpcErrors.toCoded(failure).code()).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE);
        assertThat(GrpcErrors.isUnheard(failure)).isFalse();
    }
}
