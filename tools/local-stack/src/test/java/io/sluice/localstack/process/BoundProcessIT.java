package io.sluice.localstack.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BoundProcessIT {

    @TempDir
    Path dir;

    @Test
    void a_child_dies_with_a_parent_that_is_killed() throws Exception {
        Process parent = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Parent.class.getName(),
                        dir.toString())
                .redirectErrorStream(true)
                .start();
        long child;
        try (BufferedReader out = new BufferedReader(new InputStreamReader(parent.getInputStream()))) {
            child = Long.parseLong(out.readLine());
        }
        assertThat(ProcessHandle.of(child)).isPresent();

        parent.destroyForcibly().waitFor(10, TimeUnit.SECONDS);

        Awaitility.await("the child's end").atMost(Duration.ofSeconds(10)).until(() -> ProcessHandle.of(child)
                .filter(ProcessHandle::isAlive)
                .isEmpty());
    }

    @Test
    void a_stop_is_a_signal_that_the_child_may_answer_in_peace() {
        BoundProcess process = BoundProcess.start(new BoundProcess.Command(
                "child",
                List.of(
                        "sh",
                        "-c",
                        "trap 'sleep 0.3; echo good bye; exit 7' TERM; echo up; while :; do sleep 0.05; done"),
                dir,
                dir.resolve("child.log"),
                dir.resolve("child.pid")));
        Awaitility.await()
                .until(() -> new ProcessLog(dir.resolve("child.log")).tail().contains("up"));

        process.stop(Duration.ofSeconds(10));

        assertThat(process.isAlive()).isFalse();
        assertThat(dir.resolve("child.log")).content().contains("good bye");
    }

    /** Starts a child and waits to be killed. */
    static final class Parent {
        public static void main(String[] arguments) throws InterruptedException {
            Path dir = Path.of(arguments[0]);
            BoundProcess child = BoundProcess.start(new BoundProcess.Command(
                    "sleeper", List.of("sleep", "600"), dir, dir.resolve("log"), dir.resolve("pid")));
            System.out.println(child.pid());
            Thread.sleep(Duration.ofMinutes(10));
        }
    }
}
