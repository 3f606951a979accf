package io.sluice.localstack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script beside the root pom. */
class ScriptTest {

    private static final Path SCRIPT = Path.of("../../sluice").toAbsolutePath().normalize();

    @TempDir
    Path empty;

    @Test
    void without_a_jdk_25_it_says_where_it_looked_and_what_to_do() throws Exception {
        Answer answer = run(List.of("JAVA_HOME=" + empty, "SLUICE_JVM_DIR=" + empty, "PATH=/usr/bin:/bin"), "status");

        assertThat(answer.code).isEqualTo(1);
        assertThat(answer.said).contains("no JDK 25 found", "JAVA_HOME (" + empty + ")", "adoptium.net");
    }

    @Test
    void what_does_not_exist_ends_with_code_2() throws Exception {
        assertThat(run(List.of(), "nonsense").code).isEqualTo(2);
        assertThat(run(List.of(), "help")).satisfies(answer -> {
            assertThat(answer.code).isZero();
            assertThat(answer.said).contains("up", "down", "status", "demo", "test", "checklist", "bench", "soak");
        });
    }

    private record Answer(int code, String said) {}

    private static Answer run(List<String> environment, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("env"));
        command.addAll(environment);
        command.add("bash");
        command.add(SCRIPT.toString());
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Answer(process.exitValue(), said);
    }
}
