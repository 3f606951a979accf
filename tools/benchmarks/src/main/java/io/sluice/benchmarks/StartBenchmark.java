package io.sluice.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

import io.sluice.localstack.AotCache;
import io.sluice.localstack.LocalStack;
import io.sluice.localstack.ServiceProcess;

/**
 * The whole stack on state that is there (warm): seconds until all are ready, processor time and memory of all processes then, with what
 * the JVMs learnt after the build and, in turns with it, without. {@code -Dbench.runs=N} of each.
 */
final class StartBenchmark implements Bench.Benchmark {

    /** @param megabytes proportional set size: pages that several share are divided among them */
    private record Start(double seconds, double processorSeconds, double megabytes) {}

    @Override
    public void run() throws Exception {
        int runs = Integer.getInteger("bench.runs", 4);
        Path folder = Files.createTempDirectory("sluice-bench");
        try {
            measure(folder, AotCache.Use.WHEN_FRESH);
            List<Start> learnt = new ArrayList<>();
            List<Start> plain = new ArrayList<>();
            for (int i = 0; i < runs; i++) {
                learnt.add(measure(folder, AotCache.Use.WHEN_FRESH));
                plain.add(measure(folder, AotCache.Use.NEVER));
            }
            print("learnt", learnt);
            print("plain", plain);
            System.out.printf(
                    Locale.ROOT,
                    "ratio plain / learnt: ready %.2f, processor time %.2f%n",
                    median(plain, Start::seconds) / median(learnt, Start::seconds),
                    median(plain, Start::processorSeconds) / median(learnt, Start::processorSeconds));
        } finally {
            Folder.delete(folder);
        }
    }

    private static Start measure(Path folder, AotCache.Use use) throws IOException {
        long begin = System.nanoTime();
        try (LocalStack stack =
                LocalStack.builder(folder.resolve("stack")).aotCache(use).start()) {
            double seconds = (System.nanoTime() - begin) / 1e9;
            double processor = 0;
            double megabytes = 0;
            for (long pid : pids(stack)) {
                processor += ProcessHandle.of(pid)
                                .flatMap(process -> process.info().totalCpuDuration())
                                .orElse(Duration.ZERO)
                                .toMillis()
                        / 1000.0;
                megabytes += proportionalKilobytes(pid) / 1024.0;
            }
            return new Start(seconds, processor, megabytes);
        }
    }

    private static List<Long> pids(LocalStack stack) {
        return Stream.concat(
                        stack.services().stream().map(ServiceProcess::pid),
                        Stream.of(
                                stack.kafka().process().pid(),
                                stack.mariaDb().process().pid()))
                .toList();
    }

    /** {@code Pss:   123456 kB}, the first such line of {@code smaps_rollup}, proc(5). */
    private static long proportionalKilobytes(long pid) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(pid), "smaps_rollup"))) {
            return lines.filter(line -> line.startsWith("Pss:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static void print(String what, List<Start> starts) {
        System.out.printf(
                Locale.ROOT,
                "%-8s ready p50 %.1f s, max %.1f s; processor time p50 %.1f s; memory p50 %.0f MB%n",
                what,
                median(starts, Start::seconds),
                starts.stream().mapToDouble(Start::seconds).max().orElse(Double.NaN),
                median(starts, Start::processorSeconds),
                median(starts, Start::megabytes));
    }

    private static double median(List<Start> starts, ToDoubleFunction<Start> of) {
        double[] sorted = starts.stream().mapToDouble(of).sorted().toArray();
        return sorted[sorted.length / 2];
    }
}
