package io.sluice.e2e.nemesis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

import io.sluice.e2e.SluiceClient;
import io.sluice.localstack.LocalStack;
import io.sluice.localstack.ServiceProcess;
import io.sluice.localstack.StackBuilder;

/**
 * Two processes of every service behind one address each; all ten are restarted in turn while clients ask and files come in. As in a
 * cluster, a process that is to stop gets no new connections from then on, and the next one is stopped when it is ready again.
 */
public final class RestartUnderLoad {

    private static final List<String> SERVICES = List.of("scanner", "ingest", "media", "search", "gateway");
    private static final int INSTANCES = 2;
    private static final int FILES = 40;
    private static final Duration READY = Duration.ofMinutes(3);

    private RestartUnderLoad() {}

    /**
     * What clients saw.
     *
     * @param calls that were made
     * @param retried what made a client ask once more
     * @param failed calls that failed twice
     * @param burnt attempts that were counted as failed or vanished
     * @param seconds each restart took, by process
     */
    public record Outcome(
            int calls, List<String> retried, List<String> failed, List<String> burnt, Map<String, Double> seconds) {}

    public static Outcome run(Path folder, long seed, Consumer<String> say) throws IOException, InterruptedException {
        Mount pictures = new Mount(Arena.PICTURES, Files.createDirectories(folder.resolve("mounts/pictures")));
        Mount bundles = new Mount(Arena.BUNDLES, Files.createDirectories(folder.resolve("mounts/bundles")));
        StackBuilder wanted = Stage.wanted(folder.resolve("stack"), pictures, bundles);
        SERVICES.forEach(service -> wanted.instances(service, INSTANCES));
        Map<String, Door> doors = new LinkedHashMap<>();
        LocalStack[] started = new LocalStack[1];
        for (String service : SERVICES.subList(0, 4)) {
            Door door = new Door(INSTANCES, instance -> started[0].service(service, instance));
            doors.put(service, door);
            wanted.setting("gateway", "quarkus.grpc.clients." + service + ".port", Integer.toString(door.port()));
            wanted.setting("ingest", "quarkus.grpc.clients." + service + ".port", Integer.toString(door.port()));
        }
        try (LocalStack stack = wanted.prepare();
                Workload workload = new Workload(pictures, folder, seed)) {
            started[0] = stack;
            stack.start();
            List<String> asked = new ArrayList<>();
            for (int i = 0; i < FILES; i++) {
                byte[] picture = workload.put("asked-for/%02d.jpg".formatted(i));
                asked.add(Oracle.hash(Objects.requireNonNull(picture, "no mount is away here")));
            }
            workload.start();
            return restartAll(stack, doors, asked, seed, say);
        } finally {
            for (Door door : doors.values()) {
                door.close();
            }
        }
    }

    private static Outcome restartAll(
            LocalStack stack, Map<String, Door> doors, List<String> asked, long seed, Consumer<String> say)
            throws InterruptedException {
        SluiceClient client = new SluiceClient(stack.gatewayUrl(), stack.operatorKey());
        List<ServiceProcess> gateways = List.of(stack.service("gateway", 0), stack.service("gateway", 1));
        Map<String, Double> seconds = new LinkedHashMap<>();
        awaitShown(client, asked);
        try (AttemptsWatch attempts = new AttemptsWatch(stack.mariaDb(), 0);
                ApiLoad load = new ApiLoad(gateways, stack.operatorKey(), asked, libraries(client))) {
            load.start(seed);
            for (String service : SERVICES) {
                for (int instance = 0; instance < INSTANCES; instance++) {
                    ServiceProcess process = stack.service(service, instance);
                    Door door = doors.get(service);
                    long start = System.nanoTime();
                    if (door == null) {
                        load.takeOut(process);
                    } else {
                        door.takeOut(instance);
                    }
                    process.stop();
                    process.start();
                    process.awaitReady(READY);
                    if (door == null) {
                        load.takeIn(process);
                    } else {
                        door.takeIn(instance);
                    }
                    seconds.put(process.name(), (System.nanoTime() - start) / 1e9);
                    say.accept(String.format(
                            "%s restarted in %.1f s; %d calls, %d asked once more, %d failed",
                            process.name(),
                            seconds.get(process.name()),
                            load.calls(),
                            load.retried().size(),
                            load.failed().size()));
                }
            }
            return new Outcome(load.calls(), load.retried(), load.failed(), attempts.burnt(), seconds);
        }
    }

    /** Waits until they are shown and found, so that clients have something to ask for. */
    private static void awaitShown(SluiceClient client, List<String> hashes) throws InterruptedException {
        long start = System.nanoTime();
        for (String hash : hashes) {
            while (!isShown(client, hash)) {
                if (System.nanoTime() - start > READY.toNanos()) {
                    throw new IllegalStateException(hash + " is not shown after " + READY);
                }
                Thread.sleep(500);
            }
        }
    }

    private static boolean isShown(SluiceClient client, String hash) {
        try {
            return client.bytes("/api/v1/assets/" + hash + "/renditions/thumbnail")
                            .statusCode()
                    == 200;
        } catch (RuntimeException notYet) {
            return false;
        }
    }

    private static List<String> libraries(SluiceClient client) {
        return client.libraries().stream()
                .map(library -> library.get("id").asText())
                .toList();
    }
}
