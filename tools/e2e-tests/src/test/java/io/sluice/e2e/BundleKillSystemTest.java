package io.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.sluice.localstack.LocalStack;
import io.sluice.localstack.ServiceProcess;
import io.sluice.localstack.demo.BundleWriter;
import io.sluice.localstack.demo.WrittenBundle;

/**
 * Two ingest processes share a batch of 2,002 items; both are killed in mid-flow, and one is frozen until its leases are another's and
 * woken then. The end state equals a calm run's: each item once. A failure names its seed; {@code -Dsluice.seed=N} runs it again.
 */
class BundleKillSystemTest {

    private static final int PHOTOS = 1_000;
    private static final UUID SYNC_ID = UUID.fromString("0d9f6c1e-35a4-4d5b-9c37-7a3f1d2b8e44");
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    /** Short, so that a frozen worker loses its leases within the test's time. */
    private static final Duration LEASE = Duration.ofSeconds(6);

    @TempDir
    Path folder;

    @Test
    void killsAndAFrozenWorkerChangeNothingInTheEnd() throws Exception {
        long seed = Long.getLong("sluice.seed", 20261121);
        Path mount = Files.createDirectories(folder.resolve("handover"));
        WrittenBundle bundle = BundleWriter.of(SYNC_ID)
                .title("Shared")
                .photos(PHOTOS)
                .galleries(PHOTOS / 2, PHOTOS / 2)
                .withoutSources()
                .write(mount);
        List<String> calm;
        try (LocalStack stack = stack("calm", mount)) {
            calm = calmRun(stack, bundle);
        }
        try (LocalStack stack = stack("killed", mount)) {
            SluiceClient client = new SluiceClient(stack.gatewayUrl(), stack.operatorKey());
            Batch batch = new Batch(client, SYNC_ID);
            batch.awaitState("discovered");
            batch.queue();
            batch.awaitState("importing");
            Random random = new Random(seed);
            killEach(stack, random);
            freezePastItsLease(stack.service("ingest", random.nextInt(2)));
            int created = batch.awaitState("imported", PATIENCE)
                    .get("tally")
                    .get("created")
                    .asInt();
            assertThat(created).as("seed " + seed).isEqualTo(bundle.items());
            assertThat(batchLines(client)).as("seed " + seed).isEqualTo(calm);
            assertThat(client.deadLetters()).as("seed " + seed).isEmpty();
        }
    }

    private static List<String> calmRun(LocalStack stack, WrittenBundle bundle) {
        SluiceClient client = new SluiceClient(stack.gatewayUrl(), stack.operatorKey());
        Batch batch = new Batch(client, SYNC_ID);
        batch.awaitState("discovered");
        batch.queue();
        batch.awaitState("imported", PATIENCE);
        List<String> lines = batchLines(client);
        assertThat(lines.stream().filter(line -> line.startsWith("location "))).hasSize(PHOTOS);
        assertThat(lines.stream().filter(line -> line.startsWith("item "))).hasSize(bundle.items());
        return lines;
    }

    private static void killEach(LocalStack stack, Random random) throws InterruptedException {
        for (int instance = 0; instance < 2; instance++) {
            pause(random);
            stack.service("ingest", instance).kill();
            pause(random);
            stack.service("ingest", instance).start();
        }
    }

    private static void freezePastItsLease(ServiceProcess process) throws Exception {
        process.awaitReady(Duration.ofSeconds(90));
        signal(process, "STOP");
        Thread.sleep(LEASE.plusSeconds(3));
        signal(process, "CONT");
    }

    /** What ingest holds: media makes its renditions in its own time. */
    private static List<String> batchLines(SluiceClient client) {
        return client.stateLines().stream()
                .filter(line -> !line.startsWith("rendition "))
                .toList();
    }

    private LocalStack stack(String name, Path mount) {
        return LocalStack.builder(folder.resolve(name))
                .handover("upstream", mount)
                .instances("ingest", 2)
                .setting("ingest", "sluice.lease.duration", LEASE.toSeconds() + "s")
                .setting("ingest", "sluice.lease.heartbeat", "1s")
                .start();
    }

    private static void signal(ServiceProcess process, String signal) throws Exception {
        new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
    }

    /** The schedule itself: 0.2 to 1.2 s between two strikes. */
    private static void pause(Random random) throws InterruptedException {
        Thread.sleep(200 + random.nextInt(1000));
    }
}
