package io.sluice.gateway.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

/**
 * The bundler strips types without looking at them, so that this test looks: with the TypeScript compiler inside the
 * Deno binary that the bundler itself brings from the Maven repository. No network.
 */
class ConsoleTypesTest {

    private static final Path CONFIG = Path.of("src/test/resources/console-types.json");

    @Test
    void theConsoleHasNoTypeErrors() throws Exception {
        assertThat(check(Path.of("src/main/resources/web/app/app.ts"))).isEmpty();
    }

    @Test
    void aTypeErrorWouldBeSeen() throws Exception {
        Path wrong = Files.createDirectories(Path.of("target/console-types")).resolve("wrong.ts");
        Files.writeString(
                wrong,
                "import { LitElement } from 'lit';\nexport class Wrong extends LitElement { x = this.nothing; }\n");
        assertThat(check(wrong)).contains("TS2339");
    }

    private static String check(Path file) throws IOException, InterruptedException {
        ProcessBuilder command = new ProcessBuilder(
                        deno().toString(),
                        "check",
                        "--quiet",
                        "--no-lock",
                        "--no-remote",
                        "--config",
                        CONFIG.toString(),
                        file.toString())
                .redirectErrorStream(true);
        command.environment()
                .put("DENO_DIR", Path.of("target/deno").toAbsolutePath().toString());
        command.environment().put("NO_COLOR", "1");
        Process process = command.start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue() == 0 ? "" : said;
    }

    /** Unpacked by the bundler when it built the console for the other tests. */
    private static Path deno() throws IOException {
        try (Stream<Path> platforms = Files.list(Path.of("node_modules/@deno"))) {
            return platforms
                    .map(platform -> platform.resolve("deno"))
                    .filter(Files::isExecutable)
                    .findFirst()
                    .map(Path::toAbsolutePath)
                    .orElseThrow(() -> new AssertionError(
                            "node_modules/@deno has no binary; delete node_modules and build again"));
        }
    }
}
