package io.sluice.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;

import io.sluice.localstack.LocalStack;

/**
 * 20,000 small files (set {@code -Dbench.files=N} for another number) from the scanner's first look to registered assets, through the
 * broker and the database, against one transaction a file on the same server. Media is not started: pixels are another benchmark's.
 */
final class IngestBenchmark implements Bench.Benchmark {

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    @Override
    public void run() throws Exception {
        int files = Integer.getInteger("bench.files", 20_000);
        Path folder = Files.createTempDirectory("sluice-bench");
        try {
            Path pictures = Files.createDirectories(folder.resolve("pictures"));
            SmallFiles.write(pictures, files, 1);
            measure(folder, pictures, files);
        } finally {
            Folder.delete(folder);
        }
    }

    private static void measure(Path folder, Path pictures, int files) throws Exception {
        try (LocalStack stack = LocalStack.builder(folder.resolve("stack"))
                .library("pictures", pictures)
                .services("ingest", "scanner")
                .start()) {
            try (Connection connection = connect(stack, "scanner")) {
                Timeline sluice = timeline(connection, files);
                System.out.printf(
                        Locale.ROOT,
                        "sluice     told %,8.0f files/s   stored %,8.0f files/s   registered %,8.0f files/s%n",
                        sluice.rate(sluice.told),
                        sluice.rate(sluice.stored),
                        sluice.rate(sluice.registered));
                int sample = Math.min(files, 5_000);
                Duration common;
                try (Connection baseline = connect(stack, "baseline")) {
                    common = new OneTransactionAFile(baseline).takeIn(pictures, sample);
                }
                double commonRate = sample / (common.toNanos() / 1e9);
                System.out.printf(
                        Locale.ROOT, "one transaction a file (%,d of them)  %,8.0f files/s%n", sample, commonRate);
                System.out.printf(Locale.ROOT, "ratio      %.2f%n", sluice.rate(sluice.registered) / commonRate);
            }
        }
    }

    /** Seconds from the start of the first scan until every file was told, stored as a row, registered. */
    private static final class Timeline {
        private final int files;
        private double told;
        private double stored;
        private double registered;

        Timeline(int files) {
            this.files = files;
        }

        double rate(double seconds) {
            return files / seconds;
        }
    }

    /** Looks at counts that the services keep anyway: counting the rows would be a load of its own. */
    private static Timeline timeline(Connection connection, int files) throws SQLException, InterruptedException {
        Timeline timeline = new Timeline(files);
        long patienceEnds = System.nanoTime() + PATIENCE.toNanos();
        while (timeline.registered == 0) {
            if (System.nanoTime() > patienceEnds) {
                throw new IllegalStateException("not registered within " + PATIENCE);
            }
            double now = seconds(connection);
            if (timeline.told == 0
                    && count(connection, "SELECT COALESCE(SUM(present_files), 0) FROM scanner.library") >= files) {
                timeline.told = now;
            }
            if (timeline.stored == 0
                    && count(connection, "SELECT COALESCE(SUM(present), 0) FROM library.library_count") >= files) {
                timeline.stored = now;
            }
            if (count(connection, "SELECT COALESCE(SUM(present - unhashed), 0) FROM library.library_count") >= files) {
                timeline.registered = now;
            }
            Thread.sleep(100);
        }
        return timeline;
    }

    private static double seconds(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT TIMESTAMPDIFF(MICROSECOND, MIN(started_at), NOW(6)) / 1e6 FROM scanner.scan_run")) {
            row.next();
            return row.getDouble(1);
        }
    }

    private static long count(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static Connection connect(LocalStack stack, String schema) throws SQLException {
        return DriverManager.getConnection(
                stack.mariaDb().jdbcUrl(schema),
                stack.mariaDb().username(),
                stack.mariaDb().password());
    }
}
