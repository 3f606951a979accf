package io.sluice.gateway.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.sluice.contract.ErrorCode;

/** Every error code that there is tells a person what to do, in one sentence that ends. */
class CureTest {

    @ParameterizedTest
    @EnumSource
    void isOneSentenceThatSaysWhatToDo(ErrorCode code) {
        assertThat(Cure.of(code))
                .matches("[A-Z][^.]+\\.")
                .hasSizeBetween(20, 160)
                .containsPattern("redrive|acknowledge|tried by itself");
    }
}
