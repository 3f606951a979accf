package io.sluice.messaging.fact;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;

/** Why a fact could not be applied, as a value. */
record FactFailure(ErrorCode code, String reason) {

    static FactFailure of(RuntimeException failure) {
        return failure instanceof CodedException coded
                ? new FactFailure(coded.code(), String.valueOf(coded.getMessage()))
                : new FactFailure(ErrorCode.INTERNAL, failure.toString());
    }
}
