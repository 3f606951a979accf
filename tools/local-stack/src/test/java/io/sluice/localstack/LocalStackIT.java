package io.sluice.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Properties;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher with real servers and stand-ins for the services. */
class LocalStackIT {

    @TempDir
    Path dir;

    @BeforeEach
    void checkout() throws IOException {
        StandInCheckout.use(dir.resolve("checkout"));
    }

    @Test
    void a_stack_keeps_its_ports_keys_and_libraries_over_a_restart() throws Exception {
        Path pictures = Files.createDirectories(dir.resolve("pic ${tures}"));
        Path bundles = Files.createDirectories(dir.resolve("bundles"));
        String url;
        String key;
        try (LocalStack stack = LocalStack.builder(dir.resolve("state"))
                .library("holiday", pictures)
                .handover("sync", bundles)
                .setting("ingest", "sluice.some.key", "5s")
                .instances("ingest", 2)
                .start()) {
            url = stack.gatewayUrl();
            key = stack.operatorKey();
            assertThat(stack.services()).hasSize(6).allMatch(ServiceProcess::isReady);
            assertThat(settings(stack, "scanner-0"))
                    .containsEntry(
                            "sluice.mounts.\"holiday\"", pictures.toString().replace("${", "\\${"))
                    .containsEntry("sluice.libraries.\"holiday\".mount", "holiday")
                    .containsEntry("sluice.libraries.\"holiday\".kind", "library")
                    .containsEntry("sluice.mounts.\"sync\"", bundles.toString())
                    .containsEntry("sluice.libraries.\"sync\".kind", "handover")
                    .containsEntry("sluice.instance.name", "scanner-0")
                    .containsEntry("kafka.bootstrap.servers", stack.kafka().bootstrapServers());
            assertThat(settings(stack, "ingest-1"))
                    .containsEntry("sluice.some.key", "5s")
                    .containsEntry(
                            "quarkus.http.port",
                            Integer.toString(stack.service("ingest", 1).port()));
            assertThat(settings(stack, "search-0"))
                    .containsKey("sluice.search.index-path")
                    .doesNotContainKey("quarkus.datasource.jdbc.url");
            assertThat(settings(stack, "gateway-0"))
                    .containsEntry(
                            "quarkus.grpc.clients.search.port",
                            Integer.toString(stack.service("search").port()))
                    .containsEntry(
                            "quarkus.grpc.clients.media.port",
                            Integer.toString(stack.service("media").port()));
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(stack.folder().operatorKeyFile())))
                    .isEqualTo("rw-------");

            long first = stack.service("media").pid();
            stack.service("media").kill();
            assertThat(stack.service("media").isReady()).isFalse();
            assertThat(stack.obituaries()).singleElement().asString().contains("media-0 ended", "this is media-0");
            stack.service("media").start();
            stack.service("media").awaitReady(Duration.ofSeconds(20));
            assertThat(stack.service("media").pid()).isNotEqualTo(first);
        }

        try (LocalStack again = LocalStack.builder(dir.resolve("state")).start()) {
            assertThat(again.gatewayUrl()).isEqualTo(url);
            assertThat(again.operatorKey()).isEqualTo(key);
            assertThat(settings(again, "scanner-0"))
                    .containsKey("sluice.libraries.\"holiday\".mount")
                    .containsEntry("sluice.libraries.\"sync\".kind", "handover");
        }
    }

    @Test
    void two_stacks_on_one_folder_are_refused_with_the_cure() {
        try (LocalStack stack =
                LocalStack.builder(dir.resolve("state")).services().start()) {
            assertThat(stack.services()).isEmpty();
            assertThatThrownBy(() -> LocalStack.builder(dir.resolve("state")).start())
                    .isInstanceOf(StackException.class)
                    .hasMessageContaining("Another stack runs on " + dir.resolve("state"))
                    .hasMessageContaining("./sluice down");
        }
    }

    @Test
    void a_taken_port_is_refused_before_anything_is_started() throws IOException {
        try (ServerSocket taken = new ServerSocket(0)) {
            assertThatThrownBy(() -> LocalStack.builder(dir.resolve("state"))
                            .port(taken.getLocalPort())
                            .start())
                    .hasMessageContaining("Port " + taken.getLocalPort() + " is taken")
                    .hasMessageContaining("--port");
            assertThat(dir.resolve("state/kafka")).doesNotExist();
        }
    }

    @Test
    void a_service_that_dies_at_its_start_is_shown_with_the_end_of_its_log() {
        assertThatThrownBy(() -> LocalStack.builder(dir.resolve("state"))
                        .services("media")
                        .setting("media", "test.dies", "yes")
                        .start())
                .hasMessageContaining("media-0 ended with exit code 3")
                .hasMessageContaining("sluice.test is wrong");
    }

    private static Properties settings(LocalStack stack, String process) throws IOException {
        Properties settings = new Properties();
        try (var in = Files.newBufferedReader(stack.folder().run(process).resolve("config/application.properties"))) {
            settings.load(in);
        }
        return settings;
    }
}
