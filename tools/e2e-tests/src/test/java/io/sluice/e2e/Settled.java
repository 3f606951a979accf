package io.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;

import org.awaitility.Awaitility;

/** Waits for a state instead of a time. */
final class Settled {

    private Settled() {}

    /** Until the state has exactly these lines. Fails with the lines that differ. */
    static void into(List<String> expected, SluiceClient client, Duration within) {
        Awaitility.await("state root equals the calm run's")
                .atMost(within)
                .pollInterval(Duration.ofMillis(500))
                .ignoreExceptionsInstanceOf(RuntimeException.class)
                .untilAsserted(() -> assertThat(client.stateLines()).containsExactlyElementsOf(expected));
    }

    /** Until that many files are locations and no rendition is pending; gives the state's lines. */
    static List<String> with(int files, SluiceClient client, Duration within) {
        Awaitility.await(files + " files hashed and rendered")
                .atMost(within)
                .pollInterval(Duration.ofMillis(500))
                .ignoreExceptionsInstanceOf(RuntimeException.class)
                .untilAsserted(() -> {
                    List<String> lines = client.stateLines();
                    assertThat(lines.stream().filter(line -> line.startsWith("location ")))
                            .hasSize(files)
                            .noneMatch(line -> line.contains(" - "));
                    long assets = lines.stream()
                            .filter(line -> line.startsWith("asset "))
                            .count();
                    assertThat(lines.stream().filter(line -> line.startsWith("rendition ")))
                            .hasSize((int) assets * 2)
                            .noneMatch(line -> line.contains(" pending ") || line.contains(" running "));
                });
        return client.stateLines();
    }
}
