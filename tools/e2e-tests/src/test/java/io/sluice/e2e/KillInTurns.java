package io.sluice.e2e;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

import io.sluice.localstack.ServiceProcess;

/** SIGKILL to services in turn, at seeded moments, for as long as something else runs. */
final class KillInTurns {

    private static final Duration START = Duration.ofSeconds(90);

    private KillInTurns() {}

    /**
     * Returns the number of kills.
     *
     * @param groups of each one is away at a time: a slow start in one leaves nobody of the others in peace
     */
    @SafeVarargs
    static int until(AtomicBoolean over, long seed, List<ServiceProcess>... groups) throws Exception {
        try (ExecutorService killers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> running = new ArrayList<>();
            for (List<ServiceProcess> group : groups) {
                Random random = new Random(seed + running.size());
                running.add(killers.submit(() -> until(over, random, group)));
            }
            int kills = 0;
            for (Future<Integer> one : running) {
                kills += one.get();
            }
            return kills;
        }
    }

    private static int until(AtomicBoolean over, Random random, List<ServiceProcess> group)
            throws InterruptedException {
        int kills = 0;
        while (!over.get()) {
            ServiceProcess victim = group.get(kills % group.size());
            Thread.sleep(200 + random.nextInt(1500));
            victim.kill();
            kills++;
            Thread.sleep(random.nextInt(500));
            victim.start();
            victim.awaitReady(START);
        }
        return kills;
    }
}
