package io.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;

import io.sluice.localstack.LocalStack;

/**
 * Section 5.2: what a lost message, or a database restored from an older dump, left out comes back with one full scan, because the
 * digests of the scan and of the rows differ.
 */
class HealingSystemTest {

    private static final int FILES = 120;

    /** Small ones, so that one lost in a hundred is several. */
    private static final int LATER = 600;

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    Path folder;

    @Test
    void oneFullScanHealsLostMessagesAndAnOlderDump() throws Exception {
        Path pictures = Files.createDirectories(folder.resolve("pictures"));
        Pictures writer = new Pictures(pictures, 7);
        writer.write(FILES);

        try (LocalStack stack = LocalStack.builder(folder.resolve("stack"))
                .library("pictures", pictures)
                .setting("scanner", "sluice.scan.quick-interval", "1s")
                .start()) {
            SluiceClient client = new SluiceClient(stack.gatewayUrl(), stack.operatorKey());
            Settled.with(FILES, client, PATIENCE);

            dump(stack);
            loseSomeOf(stack);
            Files.createDirectories(pictures.resolve("later"));
            for (int i = 0; i < LATER; i++) {
                Files.write(pictures.resolve("later/IMG_%03d.jpg".formatted(i)), writer.jpeg(16));
            }
            Awaitility.await("all are told, all but the lost ones are hashed")
                    .atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> seenAtRest(stack) == FILES + LATER && hashed(client) >= FILES + LATER - lost(stack));
            long missing = FILES + LATER - hashed(client);
            System.out.printf(
                    "Healing: %d of %d observations lost, %d files missing%n", lost(stack), told(stack), missing);
            assertThat(lost(stack)).isBetween(told(stack) / 100, told(stack) / 100 + 1);
            assertThat(missing).isGreaterThanOrEqualTo(3);
            keepAll(stack);
            fullScan(client);
            List<String> healed = Settled.with(FILES + LATER, client, PATIENCE);

            stack.service("ingest").kill();
            restore(stack);
            stack.service("ingest").start();
            stack.service("ingest").awaitReady(Duration.ofSeconds(60));
            // The gateway may take a second longer to find it again.
            Awaitility.await("the files of the dump")
                    .atMost(PATIENCE)
                    .ignoreExceptionsInstanceOf(RuntimeException.class)
                    .until(() -> locations(client) == FILES);
            fullScan(client);
            Settled.into(healed, client, PATIENCE);
        }
    }

    private static long locations(SluiceClient client) {
        return client.stateLines().stream()
                .filter(line -> line.startsWith("location "))
                .count();
    }

    private static long hashed(SluiceClient client) {
        return client.stateLines().stream()
                .filter(line -> line.startsWith("location ") && !line.contains(" - "))
                .count();
    }

    private static void fullScan(SluiceClient client) {
        for (JsonNode library : client.libraries()) {
            client.startFullScan(library.get("id").asText());
        }
    }

    /** From now on every hundredth observation goes to a topic that nobody reads: a lost message, seen from ingest. */
    private static void loseSomeOf(LocalStack stack) throws SQLException {
        run(
                stack,
                "CREATE TABLE scanner.lost (id INT AUTO_INCREMENT PRIMARY KEY, n INT)",
                "CREATE TABLE scanner.told (id INT AUTO_INCREMENT PRIMARY KEY)",
                """
                CREATE TRIGGER scanner.lose BEFORE INSERT ON scanner.outbox FOR EACH ROW
                IF NEW.topic = 'sluice.scanner.file.v1' THEN
                  INSERT INTO scanner.told VALUES ();
                  IF LAST_INSERT_ID() % 100 = 50 THEN
                    SET NEW.topic = 'sluice.scanner.dead.v1';
                    INSERT INTO scanner.lost (n) VALUES (1);
                  END IF;
                END IF""");
    }

    private static void keepAll(LocalStack stack) throws SQLException {
        run(stack, "DROP TRIGGER scanner.lose");
    }

    private static long lost(LocalStack stack) throws SQLException {
        return number(stack, "SELECT COUNT(*) FROM scanner.lost");
    }

    private static long told(LocalStack stack) throws SQLException {
        return number(stack, "SELECT COUNT(*) FROM scanner.told");
    }

    /** Files as the scanner has them, told for the last time. A young file was told before, when it was not stable yet. */
    private static long seenAtRest(LocalStack stack) throws SQLException {
        return number(
                stack,
                "SELECT IF(EXISTS (SELECT 1 FROM scanner.outbox), 0, COUNT(*)) FROM scanner.observed_file"
                        + " WHERE present = 1 AND stable = 1");
    }

    private static void dump(LocalStack stack) throws SQLException {
        run(stack, "CREATE SCHEMA dump");
        for (String table : tables(stack)) {
            run(stack, "CREATE TABLE dump." + table + " LIKE library." + table, copy(stack, table, "library", "dump"));
        }
    }

    private static void restore(LocalStack stack) throws SQLException {
        for (String table : tables(stack)) {
            run(stack, "TRUNCATE TABLE library." + table, copy(stack, table, "dump", "library"));
        }
    }

    /** Generated columns make themselves. */
    private static String copy(LocalStack stack, String table, String from, String to) throws SQLException {
        String columns = text(
                stack,
                "SELECT GROUP_CONCAT(column_name SEPARATOR ', ') FROM information_schema.columns"
                        + " WHERE table_schema = 'library' AND table_name = '" + table + "'"
                        + " AND (generation_expression IS NULL OR generation_expression = '')");
        return "INSERT INTO %s.%s (%s) SELECT %s FROM %s.%s".formatted(to, table, columns, columns, from, table);
    }

    private static List<String> tables(LocalStack stack) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (Connection connection = connect(stack);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT table_name FROM information_schema.tables"
                        + " WHERE table_schema = 'library' AND table_type = 'BASE TABLE'")) {
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
        }
        return tables;
    }

    private static long number(LocalStack stack, String sql) throws SQLException {
        return Long.parseLong(text(stack, sql));
    }

    private static String text(LocalStack stack, String sql) throws SQLException {
        try (Connection connection = connect(stack);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static void run(LocalStack stack, String... statements) throws SQLException {
        try (Connection connection = connect(stack);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static Connection connect(LocalStack stack) throws SQLException {
        return DriverManager.getConnection(
                stack.mariaDb().jdbcUrl("scanner"),
                stack.mariaDb().username(),
                stack.mariaDb().password());
    }
}
