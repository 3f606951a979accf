package io.sluice.e2e.nemesis;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

import io.sluice.localstack.EmbeddedMariaDb;

/**
 * Looks all the time for work that counts a failure or too many vanished processes: what ends well takes its count with it, so that
 * nobody could tell afterwards.
 */
final class AttemptsWatch implements AutoCloseable {

    private static final long PERIOD_MILLIS = 300;

    private final EmbeddedMariaDb mariaDb;
    private final int mostVanished;
    private final Set<String> burnt = new ConcurrentSkipListSet<>();
    private final Thread thread;
    private volatile boolean stopping;

    /** @param mostVanished how often a process may have vanished with the same work in its hands */
    AttemptsWatch(EmbeddedMariaDb mariaDb, int mostVanished) {
        this.mariaDb = mariaDb;
        this.mostVanished = mostVanished;
        this.thread = Thread.ofPlatform().name("attempts").daemon().start(this::watch);
    }

    /** Attempts that were counted and should not have been, as far as they were seen. */
    List<String> burnt() {
        return List.copyOf(burnt);
    }

    @Override
    public void close() {
        stopping = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void watch() {
        try {
            while (!stopping) {
                try (Connection connection = mariaDb.connect("mysql");
                        Statement statement = connection.createStatement()) {
                    while (!stopping) {
                        look(statement, "library");
                        look(statement, "media");
                        Thread.sleep(PERIOD_MILLIS);
                    }
                } catch (SQLException away) {
                    Thread.sleep(PERIOD_MILLIS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look(Statement statement, String schema) throws SQLException {
        try (ResultSet rows =
                statement.executeQuery("SELECT work_class, work_key, failed, vanished, error_code, error FROM " + schema
                        + ".work WHERE failed > 0 OR vanished > " + mostVanished)) {
            while (rows.next()) {
                burnt.add("%s work %s: failed %d, vanished %d, %s %s"
                        .formatted(
                                rows.getString("work_class"),
                                rows.getString("work_key"),
                                rows.getInt("failed"),
                                rows.getInt("vanished"),
                                rows.getString("error_code"),
                                rows.getString("error")));
            }
        }
    }
}
