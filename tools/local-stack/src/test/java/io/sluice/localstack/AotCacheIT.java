package io.sluice.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a JVM learnt is written at its end, used by the next, and left out once its service was built anew. */
class AotCacheIT {

    @TempDir
    Path dir;

    @BeforeEach
    void checkout() throws IOException {
        StandInCheckout.use(dir.resolve("checkout"));
    }

    @Test
    void theNextStartHasWhatTheFirstOneLearntUntilTheServiceIsBuiltAnew() throws Exception {
        Path runner = Checkout.find().runnerOf(Service.GATEWAY);
        AotCache cache = new AotCache(runner);
        assertThat(cache.isFresh()).isFalse();

        try (LocalStack learning =
                gateway("learning").aotCache(AotCache.Use.WRITTEN).start()) {
            assertThat(options(learning)).contains("-XX:AOTCacheOutput=" + cache.file());
        }
        assertThat(cache.isFresh()).isTrue();
        assertThat(cache.file()).isNotEmptyFile();

        try (LocalStack quick = gateway("quick").start()) {
            assertThat(options(quick)).contains("-XX:AOTCache=" + cache.file());
            assertThat(quick.service("gateway").log()).content().doesNotContain("[aot]");
        }
        try (LocalStack told = gateway("told").aotCache(AotCache.Use.NEVER).start()) {
            assertThat(options(told)).noneMatch(option -> option.contains("AOT"));
        }

        Files.setLastModifiedTime(runner, FileTime.from(Instant.now().plusSeconds(1)));
        assertThat(cache.isFresh()).isFalse();
        try (LocalStack plain = gateway("plain").start()) {
            assertThat(options(plain)).noneMatch(option -> option.contains("AOT"));
        }
    }

    private StackBuilder gateway(String state) {
        return LocalStack.builder(dir.resolve(state)).services("gateway");
    }

    private static List<String> options(LocalStack stack) {
        return ProcessHandle.of(stack.service("gateway").pid())
                .flatMap(process -> process.info().arguments())
                .map(List::of)
                .orElseThrow();
    }
}
