package io.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

import io.sluice.e2e.nemesis.RestartUnderLoad;

/** Every process of every service is restarted in turn under load: a client that asks once more sees no failure, and no attempt counts. */
@EnabledIfSystemProperty(
        named = "sluice.rolling",
        matches = "true",
        disabledReason =
                "Ten services and their load want two cores for themselves, five minutes: -Dsluice.rolling=true runs it")
class RollingRestartSystemTest {

    @TempDir
    Path folder;

    @Test
    void noCallFailsTwiceAndNoAttemptIsCounted() throws Exception {
        long seed = Long.getLong("sluice.seed", 20261121);
        RestartUnderLoad.Outcome seen = RestartUnderLoad.run(folder, seed, System.out::println);
        assertThat(seen.failed()).as("seed " + seed).isEmpty();
        assertThat(seen.burnt()).as("seed " + seed).isEmpty();
        assertThat(seen.seconds()).hasSize(10);
        assertThat(seen.calls()).isGreaterThan(200);
    }
}
