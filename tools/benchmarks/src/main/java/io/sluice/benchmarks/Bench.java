package io.sluice.benchmarks;

import java.util.Map;
import java.util.TreeMap;

/** {@code ./sluice bench [NAME]}: runs one benchmark, or says which there are. */
public final class Bench {

    /** One benchmark: measures and prints; throws when it could not. */
    @FunctionalInterface
    interface Benchmark {
        void run() throws Exception;
    }

    private static final Map<String, Benchmark> BENCHMARKS = new TreeMap<>(Map.of(
            "batch",
            new BatchBenchmark(),
            "hls",
            new HlsBenchmark(),
            "ingest",
            new IngestBenchmark(),
            "pages",
            new PagesBenchmark(),
            "search",
            new SearchBenchmark(),
            "start",
            new StartBenchmark()));

    private Bench() {}

    public static void main(String[] args) throws Exception {
        if (args.length == 0) {
            System.out.println(
                    "Benchmarks: " + String.join(", ", BENCHMARKS.keySet()) + ". Run one: ./sluice bench NAME");
            return;
        }
        Benchmark benchmark = BENCHMARKS.get(args[0]);
        if (benchmark == null) {
            System.err.println(
                    "There is no benchmark '" + args[0] + "'. There are: " + String.join(", ", BENCHMARKS.keySet()));
            System.exit(2);
        } else {
            benchmark.run();
        }
    }
}
