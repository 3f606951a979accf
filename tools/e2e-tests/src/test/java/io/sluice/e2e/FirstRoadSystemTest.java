package io.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.sluice.localstack.LocalStack;
import io.sluice.localstack.demo.DemoLibrary;

/** One picture's road, with every kind of demo picture on it, through the public API. */
class FirstRoadSystemTest {

    @TempDir
    Path folder;

    @Test
    void everyDemoPictureIsShownOrExplained() throws Exception {
        Path pictures = Files.createDirectories(folder.resolve("demo"));
        DemoLibrary.write(pictures);
        try (LocalStack stack = LocalStack.builder(folder.resolve("stack"))
                .library("demo", pictures)
                .start()) {
            Map<String, Long> processes = processes(stack);
            try (OutsideConnections outside = new OutsideConnections(processes)) {
                FirstRoad.holds(
                        pictures, new SluiceClient(stack.gatewayUrl(), stack.operatorKey()), Duration.ofMinutes(4));
                assertThat(outside.seen())
                        .as("law 13: nobody is asked but broker, database and each other")
                        .isEmpty();
                assertThat(outside.looks()).isGreaterThan(10);
            }
            assertThat(processes(stack)).as("no service was restarted").isEqualTo(processes);
        }
    }

    private static Map<String, Long> processes(LocalStack stack) {
        Map<String, Long> processes = new HashMap<>();
        for (String service : List.of("scanner", "ingest", "media", "search", "gateway")) {
            processes.put(service, stack.service(service).pid());
        }
        return processes;
    }
}
