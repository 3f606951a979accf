package io.sluice.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EmbeddedMariaDbIT {

    private Path dir;

    private EmbeddedMariaDb database;

    @BeforeAll
    void start(@TempDir Path folder) {
        dir = folder;
        database = EmbeddedMariaDb.start(dir, 0);
    }

    @AfterAll
    void stop() {
        database.close();
    }

    @Test
    void sessions_are_utc_read_committed_and_wait_three_seconds_for_a_lock() throws SQLException {
        assertThat(one("settings", "SELECT CONCAT_WS(' ', @@tx_isolation, @@time_zone, @@innodb_lock_wait_timeout)"))
                .isEqualTo("READ-COMMITTED +00:00 3");
        assertThat(one("settings", "SELECT @@character_set_database")).isEqualTo("utf8mb4");
    }

    @Test
    void rows_survive_a_kill_and_a_restart() throws SQLException {
        execute("kept", "CREATE TABLE t (a INT PRIMARY KEY)");
        execute("kept", "INSERT INTO t VALUES (1)");
        long killed = database.process().pid();

        database.kill();
        assertThat(ProcessHandle.of(killed)).isEmpty();
        database.restart();
        execute("kept", "INSERT INTO t VALUES (2)");
        database.restart();

        assertThat(one("kept", "SELECT GROUP_CONCAT(a ORDER BY a) FROM t")).isEqualTo("1,2");
    }

    @Test
    void another_start_on_the_same_folder_finds_the_rows() throws SQLException {
        execute("folder", "CREATE TABLE t (a INT)");
        int port = database.port();
        database.close();

        database = EmbeddedMariaDb.start(dir, port);

        assertThat(one("folder", "SHOW TABLES")).isEqualTo("t");
    }

    @Test
    void what_an_earlier_life_left_running_is_ended_first() throws SQLException {
        long first = database.process().pid();

        EmbeddedMariaDb second = EmbeddedMariaDb.start(dir, 0);

        assertThat(ProcessHandle.of(first)).isEmpty();
        database.close();
        database = second;
        assertThat(one("left", "SELECT 1")).isEqualTo("1");
    }

    @Test
    void nobody_comes_in_without_the_password() throws Exception {
        assertThatThrownBy(() -> DriverManager.getConnection(database.jdbcUrl("x"), "root", ""))
                .hasMessageContaining("Access denied");
        assertThatThrownBy(() -> DriverManager.getConnection(database.jdbcUrl("x"), "sluice", "wrong"))
                .hasMessageContaining("Access denied");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(dir.resolve("password"))))
                .isEqualTo("rw-------");
    }

    @Test
    void a_taken_port_is_said_to_be_taken(@TempDir Path other) {
        assertThatThrownBy(() -> EmbeddedMariaDb.start(other, database.port()))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("taken");
    }

    private void execute(String schema, String sql) throws SQLException {
        try (Connection connection = database.connect(schema);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String one(String schema, String sql) throws SQLException {
        try (Connection connection = database.connect(schema);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            assertThat(result.next()).isTrue();
            return result.getString(1);
        }
    }
}
