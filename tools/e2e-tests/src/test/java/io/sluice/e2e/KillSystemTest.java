package io.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.sluice.localstack.LocalStack;
import io.sluice.localstack.ServiceProcess;

/**
 * Laws 1, 2, 6 and 9: every service and the broker is killed (SIGKILL) in mid-flow, at seeded moments, and the end state equals a calm
 * run. A failure names its seed; {@code -Dsluice.seed=N} runs it again.
 */
class KillSystemTest {

    private static final int FILES = 180;
    private static final Duration CALM = Duration.ofMinutes(3);
    private static final Duration AFTER_KILLS = Duration.ofMinutes(3);
    private static final List<String> SERVICES = List.of("scanner", "ingest", "media", "search", "gateway");

    @TempDir
    Path folder;

    @Test
    void killsInMidFlowChangeNothingInTheEnd() throws Exception {
        long seed = Long.getLong("sluice.seed", 20261121);
        Path pictures = Files.createDirectories(folder.resolve("pictures"));
        Pictures writer = new Pictures(pictures, seed);
        writer.write(FILES);
        List<String> calm = calmRun(pictures);
        assertThat(calm).isNotEmpty();

        try (LocalStack stack = LocalStack.builder(folder.resolve("killed"))
                .library("pictures", pictures)
                .setting("scanner", "sluice.scan.quick-interval", "1s")
                .start()) {
            SluiceClient client = new SluiceClient(stack.gatewayUrl(), stack.operatorKey());
            Random random = new Random(seed);
            for (String service : SERVICES) {
                pause(random);
                stack.service(service).kill();
                pause(random);
                stack.service(service).start();
            }
            pause(random);
            stack.kafka().kill();
            pause(random);
            stack.kafka().restart();
            for (String service : SERVICES) {
                stack.service(service).awaitReady(Duration.ofSeconds(60));
            }
            Settled.into(calm, client, AFTER_KILLS);
            assertThat(client.deadLetters()).as("seed " + seed).isEmpty();
            theIndexIsTheLibrary(client);
            everyKilledProcessGoesOnWithinHalfAMinute(stack, new Recovery(client, pictures, writer));
            theIndexIsTheLibrary(client);
        }
    }

    /** Every asset is found once, and nothing else is. */
    private static void theIndexIsTheLibrary(SluiceClient client) {
        Awaitility.await("the index has all assets and none else")
                .atMost(AFTER_KILLS)
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

    private List<String> calmRun(Path pictures) throws Exception {
        try (LocalStack stack = LocalStack.builder(folder.resolve("calm"))
                .library("pictures", pictures)
                .start()) {
            return Settled.with(FILES, new SluiceClient(stack.gatewayUrl(), stack.operatorKey()), CALM);
        }
    }

    /** The schedule itself: 0.2 to 2 s between two strikes. */
    private static void pause(Random random) throws InterruptedException {
        Thread.sleep(200 + random.nextInt(1800));
    }
}
