package io.sluice.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;

import io.sluice.chart.RenderedChart.Workload;
import io.sluice.localstack.EmbeddedMariaDb;

/** The Jobs migrate with nothing but what the chart gives them, as the user that docs/operating.md makes, and end. */
class MigrationJobsTest {

    private static final long LIMIT_SECONDS = 240;

    @TempDir
    Path folder;

    @Test
    void everySchemaIsMigratedAndNobodyElseMayChangeIt() throws Exception {
        try (EmbeddedMariaDb database = EmbeddedMariaDb.start(folder.resolve("mariadb"), 0)) {
            String server = database.jdbcUrl("").replaceFirst("/\\?.*", "/");
            try (Connection owner = DriverManager.getConnection(server, database.username(), database.password())) {
                // The stack's own, of the same name; the guide makes another.
                run(owner, "DROP USER 'sluice-ingest'@'127.0.0.1'");
                for (String statement : statementsOfTheGuide()) {
                    run(owner, statement);
                }
            }
            List<Workload> jobs = RenderedChart.of(databasesAt(server)).workloads().stream()
                    .filter(workload -> workload.name().startsWith("Job"))
                    .toList();
            assertThat(jobs)
                    .extracting(Workload::service)
                    .containsExactlyInAnyOrder("scanner", "ingest", "media", "gateway");
            for (Workload job : jobs) {
                migrate(job);
            }

            for (var one : Map.of(
                            "scanner", "sluice-scanner",
                            "library", "sluice-ingest",
                            "ledger", "sluice-ingest",
                            "media", "sluice-media",
                            "gateway", "sluice-gateway")
                    .entrySet()) {
                try (Connection service =
                        DriverManager.getConnection(server + one.getKey(), one.getValue(), "password")) {
                    assertThat(migrations(service))
                            .as("migrations of %s", one.getKey())
                            .isPositive();
                    assertThatThrownBy(() -> run(service, "CREATE TABLE mine (id INT)"))
                            .as("%s changes tables of %s", one.getValue(), one.getKey())
                            .isInstanceOf(SQLException.class)
                            .hasMessageContaining("denied");
                    if (one.getKey().equals("ledger")) {
                        assertThatThrownBy(() -> run(service, "DELETE FROM flyway_schema_history"))
                                .as("the past is kept")
                                .hasMessageContaining("denied");
                    }
                }
            }
        }
    }

    private void migrate(Workload job) throws IOException, InterruptedException {
        Path runner = Repository.module(job.service()).resolve("target/quarkus-app/quarkus-run.jar");
        assertThat(runner)
                .as("the packaged service; run the tests by ./sluice test")
                .exists();
        File log = folder.resolve(job.service() + ".log").toFile();
        ProcessBuilder java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-jar",
                        runner.toString())
                .directory(
                        Files.createDirectories(folder.resolve(job.service())).toFile())
                .redirectErrorStream(true)
                .redirectOutput(log);
        java.environment().keySet().removeIf(name -> name.matches("(KAFKA|QUARKUS|SLUICE)_.*"));
        for (JsonNode variable : job.container().path("env")) {
            java.environment().put(variable.path("name").asText(), given(variable));
        }
        Process process = java.start();
        boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly();
        }

        assertThat(ended)
                .as("%s ends: %s", job.name(), Files.readString(log.toPath()))
                .isTrue();
        assertThat(process.exitValue()).as(Files.readString(log.toPath())).isZero();
    }

    /** What Kubernetes would put there. */
    private static String given(JsonNode variable) {
        if (variable.has("value")) {
            return variable.path("value").asText();
        }
        return variable.path("name").asText().endsWith("TOKEN") ? "t".repeat(40) : "password";
    }

    private static String databasesAt(String server) {
        StringBuilder values = new StringBuilder("database:\n");
        for (String schema : List.of("scanner", "library", "ledger", "media", "gateway")) {
            values.append("  ")
                    .append(schema)
                    .append(": {url: '")
                    .append(server)
                    .append(schema)
                    .append("'}\n");
        }
        // There is none: who migrates does not need it.
        return values.append("kafka: {bootstrapServers: '127.0.0.1:1'}\n").toString();
    }

    private static List<String> statementsOfTheGuide() {
        Matcher block = Pattern.compile("(?s)```sql\n(.*?)```").matcher(Repository.read(Repository.OPERATING));
        assertThat(block.find()).as("docs/operating.md shows the statements").isTrue();
        return Pattern.compile(";")
                .splitAsStream(block.group(1))
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
    }

    private static int migrations(Connection service) throws SQLException {
        try (Statement statement = service.createStatement();
                ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM flyway_schema_history WHERE success")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
