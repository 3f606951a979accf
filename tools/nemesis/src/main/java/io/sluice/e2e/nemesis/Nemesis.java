package io.sluice.e2e.nemesis;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;

import io.sluice.localstack.ServiceProcess;
import io.sluice.localstack.demo.WrittenBundle;

/** Starts a stack, gives it work, strikes it by a schedule, lets it come to rest, and says what does not hold. */
public final class Nemesis {

    /** A process that is killed with the same work in its hands more often than a schedule does it would be a loop. */
    private static final int MOST_VANISHED = 3;

    private final Wanted wanted;
    private final Consumer<String> say;
    private final List<Round> rounds = new ArrayList<>();
    private final Map<String, List<Double>> recoveries = new TreeMap<>();
    private final Map<String, Integer> counts = new TreeMap<>();
    private final List<String> checks = new ArrayList<>();
    private final List<Violation> violations = new CopyOnWriteArrayList<>();

    private Nemesis(Wanted wanted, Consumer<String> say) {
        this.wanted = wanted;
        this.say = say;
    }

    /**
     * What shall be done.
     *
     * @param folder for mounts, stacks and their logs; empty
     * @param lease of the services
     * @param lasts no round begins later
     * @param bundleEvery how often a bundle is delivered
     * @param settlesWithin from the last fault to rest
     * @param rounds which faults, in the arena that could be set up
     */
    public record Wanted(
            Path folder,
            long seed,
            Duration lease,
            Duration lasts,
            Duration bundleEvery,
            Duration settlesWithin,
            Function<Arena, Iterator<Round>> rounds) {}

    /** Does it. What goes wrong with the services is in the report; what goes wrong with the run itself is thrown. */
    public static Report run(Wanted wanted, Consumer<String> say) throws IOException, InterruptedException {
        return new Nemesis(wanted, say).run();
    }

    private Report run() throws IOException, InterruptedException {
        long start = System.nanoTime();
        say.accept("Seed " + wanted.seed());
        CalmTwin twin;
        try (Stage stage = Stage.open(wanted.folder(), "stack", wanted.lease());
                AttemptsWatch attempts = new AttemptsWatch(stage.stack().mariaDb(), MOST_VANISHED);
                Deliveries deliveries =
                        new Deliveries(stage.bundles(), stage.client(), wanted.seed(), wanted.bundleEvery())) {
            if (!stage.arena().diskCanBeFull()) {
                say.accept("No full disk: a disk of its own for the store needs root");
            }
            deliveries.start();
            strike(stage, deliveries);
            Settling settling = new Settling(stage, deliveries, say);
            violations.addAll(settling.within(wanted.settlesWithin()));
            checks.addAll(settling.checks());
            check("attempts: none burnt", attempts.burnt());
            twin = CalmTwin.of(stage, deliveries);
            count(stage, deliveries);
            // Last: it starts media anew.
            check("orphaned: temporary files are swept", settling.leftTemporaryFiles());
        }
        if (violations.isEmpty()) {
            say.accept("At rest; now a calm run over the same files");
            check("state: as after a calm run", twin.differences(wanted, say));
        }
        return new Report(
                wanted.seed(),
                (System.nanoTime() - start) / 1_000_000_000L,
                List.copyOf(rounds),
                recoveries,
                counts,
                List.copyOf(checks),
                List.copyOf(violations));
    }

    private void check(String name, List<String> found) {
        checks.add(name);
        found.forEach(text -> violations.add(new Violation(name, text)));
    }

    private void strike(Stage stage, Deliveries deliveries) throws IOException, InterruptedException {
        Strike strike = new Strike(stage);
        Workload workload = new Workload(stage.pictures(), wanted.folder(), wanted.seed());
        try (workload) {
            workload.start();
            warmUp(stage, workload);
            long until = System.nanoTime() + wanted.lasts().toNanos();
            Iterator<Round> schedule = wanted.rounds().apply(stage.arena());
            while (schedule.hasNext() && System.nanoTime() < until && violations.isEmpty()) {
                round(stage, strike, workload, schedule.next());
            }
        }
        counts.putAll(workload.stop());
        counts.put("restarts of who could not start", strike.restarts());
        deliveries.enough();
    }

    /** The first picture, which nothing hinders: how soon one is shown that comes while something is wrong compares with it. */
    private void warmUp(Stage stage, Workload workload) throws IOException, InterruptedException {
        ProbePicture first = new ProbePicture(stage, workload, 0);
        first.put();
        OptionalDouble seconds = first.awaitShown();
        if (seconds.isEmpty()) {
            violations.add(new Violation("stuck: goes on after each round", "no progress before any fault"));
        } else {
            say.accept(String.format(
                    "All processes work; a picture that comes now is shown after %.1f s", seconds.getAsDouble()));
        }
    }

    private void round(Stage stage, Strike strike, Workload workload, Round round)
            throws IOException, InterruptedException {
        Thread.sleep(round.calm());
        rounds.add(round);
        String told = "Round " + rounds.size() + ": " + round.text();
        say.accept(told);
        ProbePicture probe = new ProbePicture(stage, workload, rounds.size());
        probe.put();
        List<Thread> threads = round.faults().stream()
                .map(fault -> Thread.ofPlatform().name(fault.kind()).start(() -> run(strike, fault)))
                .toList();
        for (Thread thread : threads) {
            thread.join();
        }
        for (ServiceProcess process : stage.stack().services()) {
            if (!process.isAlive()) {
                violations.add(new Violation(
                        "died: a process ended by itself",
                        String.join("\n", stage.stack().obituaries())));
                strike.bringBack(process);
            }
        }
        workload.rest(true);
        OptionalDouble seconds = probe.awaitShown();
        workload.rest(false);
        if (seconds.isEmpty()) {
            violations.add(new Violation("stuck: goes on after each round", "no progress after " + told));
        } else {
            say.accept(String.format("  went on after %.1f s", seconds.getAsDouble()));
            round.faults().forEach(fault -> recoveries
                    .computeIfAbsent(fault.kind(), kind -> new ArrayList<>())
                    .add(seconds.getAsDouble()));
        }
    }

    private void run(Strike strike, Fault fault) {
        try {
            strike.run(fault);
        } catch (IOException | RuntimeException e) {
            violations.add(new Violation("stuck: comes back after " + fault.kind(), fault.text() + ": " + e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void count(Stage stage, Deliveries deliveries) throws IOException {
        counts.put("files at the end", Oracle.of(stage).size());
        counts.put("bundles", deliveries.delivered().size());
        counts.put(
                "items",
                deliveries.delivered().stream().mapToInt(WrittenBundle::items).sum());
        counts.put(
                "faults",
                rounds.stream().mapToInt(round -> round.faults().size()).sum());
    }
}
