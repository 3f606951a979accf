package io.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TellErrorsOfServicesTest {

    @TempDir
    Path folder;

    @Test
    void theLastErrorsAreToldWithTheirCauses() throws IOException {
        Path log = folder.resolve("gateway-0.log");
        Files.write(
                log,
                List.of(
                        "2026-11-22 02:30:50,170 INFO  [access] GET 200",
                        "2026-11-22 02:30:51,287 ERROR [io.sluice] request failed",
                        "\tat io.sluice.Somewhere",
                        "Caused by: java.io.IOException: broken",
                        "\tat io.sluice.Elsewhere",
                        "2026-11-22 02:30:51,291 WARN  [io.sluice] late",
                        "Caused by: nothing that failed"));
        assertThat(TellErrorsOfServices.lastErrors(log))
                .containsExactly("2026-11-22 02:30:51,287 ERROR [io.sluice] request failed\n"
                        + "Caused by: java.io.IOException: broken");
    }

    @Test
    void onlyTheLastTen() throws IOException {
        Path log = folder.resolve("ingest-0.log");
        Files.write(
                log,
                IntStream.range(0, 25)
                        .mapToObj(i -> "2026-11-22 02:30:51,287 ERROR [io.sluice] " + i)
                        .toList());
        assertThat(TellErrorsOfServices.lastErrors(log))
                .hasSize(10)
                .last()
                .asString()
                .endsWith(" 24");
    }
}
