package io.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.sluice.localstack.LocalStack;
import io.sluice.localstack.ServiceProcess;

/**
 * Laws 1, 2, 6 and 9: every service and the broker is killed (SIGKILL) while there is work for it, and goes on with it soon after it
 * is back. That the end state is a calm run's, {@link NemesisSystemTest} shows.
 */
class KillSystemTest {

    private static final int FILES = 24;
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final List<String> SERVICES = List.of("scanner", "ingest", "media", "search", "gateway");

    @TempDir
    Path folder;

    @Test
    void everyKilledProcessGoesOnAndTheIndexIsTheLibrary() throws Exception {
        Path pictures = Files.createDirectories(folder.resolve("pictures"));
        Pictures writer = new Pictures(pictures, 20261121);
        writer.write(FILES);
        try (LocalStack stack = LocalStack.builder(folder.resolve("killed"))
                .library("pictures", pictures)
                .setting("scanner", "sluice.scan.quick-interval", "1s")
                .start()) {
            SluiceClient client = new SluiceClient(stack.gatewayUrl(), stack.operatorKey());
            everyKilledProcessGoesOnWithinHalfAMinute(stack, new Recovery(client, pictures, writer));
            theIndexIsTheLibrary(client);
            assertThat(client.deadLetters()).isEmpty();
        }
    }

    /** Every asset is found once, and nothing else is. */
    private static void theIndexIsTheLibrary(SluiceClient client) {
        Awaitility.await("the index has all assets and none else")
                .atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(RuntimeException.class)
                .untilAsserted(() -> assertThat(client.found())
                        .isNotEmpty()
                        .containsExactlyInAnyOrderElementsOf(client.assets().stream()
                                .map(asset -> asset.get("content_hash").asText())
                                .toList()));
    }

    /**
     * What came in while a process was away is the work that it has to go on with: from its readiness to the first of it done,
     * as a client sees it. Pictures are at rest only seconds after they were written; that is part of the figure.
     */
    private static void everyKilledProcessGoesOnWithinHalfAMinute(LocalStack stack, Recovery recovery)
            throws Exception {
        for (String name : SERVICES) {
            ServiceProcess service = stack.service(name);
            recovery.of(name, service::kill, () -> {
                service.start();
                service.awaitReady(Duration.ofSeconds(60));
            });
        }
        recovery.of("kafka", stack.kafka()::kill, stack.kafka()::restart);
        assertThat(recovery.seconds()).hasSize(SERVICES.size() + 1).allSatisfy((process, seconds) -> assertThat(seconds)
                .as(process)
                .isLessThan(30));
    }
}
