package io.sluice.localstack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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

    @Test
    void images_says_what_docker_lacks_before_it_builds_anything() throws Exception {
        Path bin = programs("bash", "env", "cat", "dirname", "readlink", "grep", "cut", "paste", "tail");
        assertThat(run(List.of("PATH=" + bin), "images")).satisfies(answer -> {
            assertThat(answer.code).isEqualTo(1);
            assertThat(answer.said).contains("no docker on the PATH", "--layout-only");
        });

        script(bin.resolve("docker"), "echo 'Cannot connect to the Docker daemon' >&2; exit 1");
        assertThat(run(List.of("PATH=" + bin), "images")).satisfies(answer -> {
            assertThat(answer.code).isEqualTo(1);
            assertThat(answer.said)
                    .contains("does not answer: Cannot connect", "systemctl start docker", "DOCKER_HOST");
        });
        assertThat(run(List.of("PATH=" + bin), "images", "--service", "nonsense").said)
                .contains("There are: scanner ingest media search gateway");
    }

    @Test
    void what_is_installed_is_not_said_to_be_missing() throws Exception {
        Path bin = programs("bash", "env", "dirname", "readlink", "grep", "head");
        script(bin.resolve("id"), "echo 1000");
        // The library comes first, and far more behind it than a pipe holds.
        script(
                bin.resolve("ldconfig"),
                "echo 'libvips.so.42 (libc6,x86-64)'; for ((i = 0; i < 20000; i++)); do echo \"lib$i.so\"; done");
        Answer answer = run(List.of("PATH=" + bin), "demo", empty.toString());

        assertThat(answer.code).isEqualTo(1);
        assertThat(answer.said)
                .contains("this machine lacks ffmpeg libimage-exiftool-perl.")
                .doesNotContain("libvips42");
    }

    private Path programs(String... names) throws IOException {
        Path bin = Files.createDirectory(empty.resolve("bin"));
        for (String name : names) {
            Files.createSymbolicLink(bin.resolve(name), Path.of("/usr/bin", name));
        }
        return bin;
    }

    private static void script(Path file, String body) throws IOException {
        Files.writeString(file, "#!/usr/bin/env bash\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
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
