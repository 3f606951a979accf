package io.sluice.localstack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.sluice.localstack.StandInCheckout;
import io.sluice.localstack.demo.ReferenceBundle;
import io.sluice.localstack.demo.VideoBundle;
import io.sluice.localstack.process.Ports;

import picocli.CommandLine;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SluiceCommandIT {

    private Path dir;

    @BeforeAll
    void checkout(@TempDir Path folder) throws IOException {
        dir = folder;
        StandInCheckout.use(dir.resolve("checkout"));
    }

    /** What a command said, and how it ended. */
    private record Answer(int code, String out, String err) {}

    @Test
    void up_in_the_background_status_a_second_up_and_down() throws Exception {
        String data = dir.resolve("background").toString();
        String port = Integer.toString(Ports.free());

        Answer up = run("up", "--detach", "--data", data, "--port", port);
        assertThat(up.code()).as(up.toString()).isZero();
        assertThat(up.out())
                .contains("Console       http://localhost:" + port + "/")
                .contains(Files.readString(Path.of(data, "operator.key")).strip());

        Answer status = run("status", "--json", "--data", data);
        assertThat(status.code()).as(status.toString()).isZero();
        JsonNode json = new JsonMapper().readTree(status.out());
        assertThat(json.path("state").asText()).isEqualTo("running");
        assertThat(json.findValuesAsText("name"))
                .containsExactly("kafka", "mariadb", "scanner-0", "ingest-0", "media-0", "search-0", "gateway-0");
        assertThat(json.path("processes")).allSatisfy(process -> {
            assertThat(process.path("state").asText()).isEqualTo("ready");
            assertThat(process.path("pid").asLong()).isPositive();
            assertThat(process.path("port").asInt()).isPositive();
            assertThat(process.path("since").asText()).endsWith("Z");
        });

        Answer second = run("up", "--detach", "--data", data, "--port", Integer.toString(Ports.free()));
        assertThat(second.code()).isEqualTo(1);
        assertThat(second.err()).contains("Another stack runs on " + data, "./sluice down");

        long media = json.path("processes").get(4).path("pid").asLong();
        ProcessHandle.of(media).orElseThrow().destroyForcibly();
        Awaitility.await().until(() -> run("status", "--data", data).out().matches("(?s).*media-0 +ended.*"));
        assertThat(run("status", "--data", data).code()).isEqualTo(1);

        assertThat(run("down", "--data", data).out()).contains("Stopped");
        assertThat(json.path("processes")).allSatisfy(process -> assertThat(
                        ProcessHandle.of(process.path("pid").asLong()).filter(ProcessHandle::isAlive))
                .isEmpty());
        Answer after = run("status", "--data", data);
        assertThat(after.code()).isEqualTo(1);
        assertThat(after.out()).contains("Nothing runs in " + data);
        assertThat(run("down", "--data", data).out()).contains("Nothing runs");
    }

    @Test
    void ctrl_c_ends_services_before_servers_and_a_killed_launcher_leaves_nothing_behind() throws Exception {
        Path data = dir.resolve("foreground");
        List<ProcessHandle> children = new ArrayList<>();
        Process launcher = launch(data);
        awaitReady(data, children);

        launcher.destroyForcibly();
        awaitEnd(children);

        Process again = launch(data);
        children.clear();
        awaitReady(data, children);
        new ProcessBuilder("kill", "-INT", Long.toString(again.pid())).start().waitFor();

        assertThat(again.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(again.exitValue()).isEqualTo(130);
        assertThat(dir.resolve("foreground.out")).content().contains("Stopping services", "Stopped.");
        awaitEnd(children);
        assertThat(data.resolve("log/mariadb.log")).content().contains("Shutdown complete");
    }

    @Test
    void a_taken_port_is_named_with_the_cure() throws IOException {
        try (ServerSocket taken = new ServerSocket(0)) {
            String port = Integer.toString(taken.getLocalPort());
            Answer up = run("up", "--detach", "--data", dir.resolve("taken").toString(), "--port", port);
            assertThat(up.code()).isEqualTo(1);
            assertThat(up.err())
                    .contains("Port " + port + " is taken", "--port")
                    .doesNotContain("Exception");
        }
    }

    @Test
    void what_is_not_understood_is_answered_with_code_2() {
        assertThat(run("up", "--archive", "x").code()).isEqualTo(2);
        assertThat(run("up", "--port", "70000").err()).contains("1 to 65535");
        assertThat(run("up", "--nonsense").code()).isEqualTo(2);
        assertThat(run("nonsense").code()).isEqualTo(2);
    }

    @Test
    void a_handover_mount_that_is_not_there_is_named_with_the_cure() {
        String gone = dir.resolve("gone").toString();
        Answer up = run("up", "--data", dir.resolve("no-mount").toString(), "--handover", gone);
        assertThat(up.code()).isEqualTo(1);
        assertThat(up.err()).contains("library handover is not there: " + gone, "--handover DIR");
    }

    @Test
    void a_state_folder_that_cannot_be_one_is_named_with_the_cure() throws IOException {
        Path file = Files.writeString(dir.resolve("a-file"), "in the way");
        Answer up = run("up", "--detach", "--data", file.resolve("state").toString(), "--port", "1");
        assertThat(up.code()).isEqualTo(1);
        assertThat(up.err()).contains("Cannot write the state folder", "--data DIR");
    }

    @Test
    void a_question_to_no_gateway_is_answered_with_the_cure() {
        Answer answer = run("state-root", "--data", dir.resolve("never").toString());
        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.err()).contains("No stack was started", "./sluice up");
    }

    @Test
    void demo_writes_library_and_bundle_and_says_what_is_in_them() throws IOException {
        Answer demo = run("demo", dir.resolve("demo").toString());
        assertThat(demo.code()).isZero();
        try (Stream<Path> walk = Files.walk(dir.resolve("demo/library"))) {
            long videos = Files.walk(dir.resolve("demo/library/videos"))
                    .filter(Files::isRegularFile)
                    .count();
            assertThat(demo.out())
                    .contains((walk.filter(Files::isRegularFile).count() - videos) + " pictures and " + videos
                            + " videos in");
        }
        assertThat(dir.resolve("demo/handover/" + VideoBundle.SYNC_ID + ".ready"))
                .exists();
        assertThat(dir.resolve("demo/handover/" + ReferenceBundle.SYNC_ID + ".ready"))
                .exists();
        assertThat(demo.out()).contains("89 items", "1 item, ", "--handover " + dir.resolve("demo/handover"));
    }

    private Process launch(Path data) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dsluice.home=" + System.getProperty("sluice.home"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        SluiceCommand.class.getName(),
                        "up",
                        "--data",
                        data.toString(),
                        "--port",
                        Integer.toString(Ports.free()))
                .redirectErrorStream(true)
                .redirectOutput(dir.resolve("foreground.out").toFile())
                .start();
    }

    private void awaitReady(Path data, List<ProcessHandle> children) {
        Awaitility.await("readiness")
                .atMost(Duration.ofSeconds(60))
                .until(() -> Files.readString(dir.resolve("foreground.out")).contains("Ctrl-C"));
        try {
            for (JsonNode process : new JsonMapper()
                    .readTree(run("status", "--json", "--data", data.toString()).out())
                    .path("processes")) {
                children.add(ProcessHandle.of(process.path("pid").asLong()).orElseThrow());
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        assertThat(children).hasSize(7);
    }

    private static void awaitEnd(List<ProcessHandle> children) {
        Awaitility.await("the children's end").atMost(Duration.ofSeconds(20)).until(() -> children.stream()
                .noneMatch(ProcessHandle::isAlive));
    }

    private static Answer run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command = SluiceCommand.commandLine();
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        int code = command.execute(arguments);
        return new Answer(code, out.toString(), err.toString());
    }
}
