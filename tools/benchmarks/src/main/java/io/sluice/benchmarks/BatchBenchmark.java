package io.sluice.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;

import io.sluice.localstack.LocalStack;
import io.sluice.localstack.demo.BundleWriter;
import io.sluice.localstack.demo.ReferenceBundle;
import io.sluice.localstack.demo.WrittenBundle;

/**
 * Imports of handover bundles, from the claim of the job to its end: the reference batch with its payload in the page
 * cache against the 62 s of the system before; then batches of growing size, whose cost an item should stay, against one
 * transaction an item on the same server. {@code -Dbench.items=N} is the largest. Media is not started.
 */
final class BatchBenchmark implements Bench.Benchmark {

    private static final double FORMER_SECONDS = 62;
    private static final int[] SIZES = {1_000, 5_000, 20_000, 50_000};

    @Override
    public void run() throws Exception {
        int largest = Integer.getInteger("bench.items", 50_000);
        Path folder = Files.createTempDirectory("sluice-bench");
        try {
            Path mount = Files.createDirectories(folder.resolve("handover"));
            try (LocalStack stack = LocalStack.builder(folder.resolve("stack"))
                    .handover("upstream", mount)
                    .services("ingest", "scanner", "gateway")
                    .start()) {
                measure(stack, mount, largest);
            }
        } finally {
            Folder.delete(folder);
        }
    }

    private static void measure(LocalStack stack, Path mount, int largest) throws Exception {
        ImportClient client = new ImportClient(stack);
        // The first import pays for class loading and compilation; services run for weeks.
        WrittenBundle warm = photos(500).write(mount);
        client.importOnce(warm.syncId(), warm.items());

        WrittenBundle reference = ReferenceBundle.write(mount);
        double seconds = seconds(client.importOnce(reference.syncId(), reference.items()));
        System.out.printf(
                Locale.ROOT,
                "reference batch (%d items)  %.2f s   the system before: %.0f s   ratio %.0f%n",
                reference.items(),
                seconds,
                FORMER_SECONDS,
                FORMER_SECONDS / seconds);
        double rate = 0;
        WrittenBundle last = reference;
        for (int size : SIZES) {
            if (size <= largest) {
                last = photos(size).write(mount);
                double took = seconds(client.importOnce(last.syncId(), last.items()));
                rate = size / took;
                System.out.printf(
                        Locale.ROOT, "%,7d items  %,8.0f items/s   %.2f ms an item%n", size, rate, took * 1000 / size);
            }
        }
        try (Connection connection = DriverManager.getConnection(
                stack.mariaDb().jdbcUrl("baseline"),
                stack.mariaDb().username(),
                stack.mariaDb().password())) {
            int sample = Math.min(last.items(), 5_000);
            Duration common =
                    new OneTransactionAFile(connection).takeIn(last.payload().resolve("photos"), sample);
            double commonRate = sample / seconds(common);
            System.out.printf(
                    Locale.ROOT, "one transaction an item (%,d of them)  %,8.0f items/s%n", sample, commonRate);
            System.out.printf(Locale.ROOT, "ratio      %.2f%n", rate / commonRate);
        }
    }

    private static BundleWriter photos(int count) {
        return BundleWriter.of(UUID.randomUUID()).photos(count).withoutCovers().withoutSources();
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
